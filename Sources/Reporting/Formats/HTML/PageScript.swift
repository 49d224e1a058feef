/// The script of the page. It reads attributes and hides elements; it writes no markup.
enum PageScript {
  /// The SHA-256 digest of `text`, for the page's policy; a test compares them.
  static let digest: HTMLText = "sha256-Ppy33N/dlfWrPei8ceZJGvR78Ey+08FVqp/O0mkcMrE="

  static let text: HTMLText = """

    "use strict";
    {
      const form = document.getElementById("filters");
      const articles = [...document.querySelectorAll("article, tr.entry")];
      const texts = new Map(articles.map((article) => [article, article.textContent.toLowerCase()]));
      const rows = [...document.querySelectorAll(".overview tbody tr")];
      const all = form?.querySelector("output").textContent;
      const show = () => {
        const { text, ...tags } = Object.fromEntries(new FormData(form));
        const wanted = Object.entries(tags).filter(([, value]) => value !== "");
        const words = text.toLowerCase();
        let seen = 0;
        for (const article of articles) {
          const fits = wanted.every(([name, value]) => article.dataset[name] === value)
            && texts.get(article).includes(words);
          article.hidden = !fits;
          if (fits) seen += 1;
        }
        for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(words);
        for (const mark of document.querySelectorAll("a.spot")) {
          const article = document.getElementById(mark.getAttribute("href").slice(1));
          mark.classList.toggle("out", article.hidden);
        }
        for (const year of document.querySelectorAll(".year")) {
          year.hidden = !year.querySelector("article:not([hidden])");
        }
        const solution = wanted.find(([name]) => name === "solution");
        for (const figure of document.querySelectorAll("figure")) {
          figure.hidden = solution !== undefined && figure.dataset.solution !== solution[1];
        }
        form.querySelector("output").textContent =
          seen === articles.length ? all : `${seen} of ${all}`;
      };
      const reveal = () => {
        const target = document.getElementById(location.hash.slice(1));
        if (!target || !texts.has(target)) return;
        if (target.hidden) {
          form.reset();
          show();
        }
        const details = target.querySelector("details");
        if (details) details.open = true;
        target.scrollIntoView();
      };
      if (form) {
        form.hidden = false;
        form.addEventListener("input", show);
        form.addEventListener("submit", (event) => event.preventDefault());
        form.addEventListener("reset", () => setTimeout(show));
        show();
        window.addEventListener("hashchange", reveal);
        reveal();
      }
      let closed = [];
      window.addEventListener("beforeprint", () => {
        closed = [...document.querySelectorAll("details:not([open])")];
        for (const details of closed) details.open = true;
      });
      window.addEventListener("afterprint", () => {
        for (const details of closed) details.open = false;
      });
    }

    """
}
