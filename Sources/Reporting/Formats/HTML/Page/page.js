
"use strict";
{
  const form = document.getElementById("filters");
  const entries = [...document.querySelectorAll(".entry")];
  const texts = new Map(entries.map((entry) => [entry, entry.textContent.toLowerCase()]));
  // What the entries of a group have in common.
  const common = new Map([...document.querySelectorAll(".group")].map((group) => [
    group, [...group.parentElement.children].filter((part) => part !== group)
      .map((part) => part.textContent).join(" ").toLowerCase(),
  ]));
  const rows = [...document.querySelectorAll(".overview tbody tr")];
  const all = form?.querySelector("output").textContent;
  const show = () => {
    const { text, ...tags } = Object.fromEntries(new FormData(form));
    const wanted = Object.entries(tags).filter(([, value]) => value !== "");
    const words = text.toLowerCase();
    let seen = 0;
    for (const entry of entries) {
      const tags = (entry.closest("article") ?? entry).dataset;
      const fits = wanted.every(([name, value]) => tags[name] === value)
        && (texts.get(entry).includes(words) || common.get(entry.parentElement)?.includes(words));
      entry.hidden = !fits;
      if (fits) seen += 1;
    }
    for (const row of rows) {
      const target = document.getElementById(row.querySelector("a")?.hash.slice(1));
      row.hidden = texts.has(target)
        ? target.hidden : !row.textContent.toLowerCase().includes(words);
    }
    for (const mark of document.querySelectorAll("a.spot")) {
      const article = document.getElementById(mark.getAttribute("href").slice(1));
      mark.classList.toggle("out", article.hidden);
    }
    for (const part of document.querySelectorAll("section:not(.entry), .table, article:not(.entry)")) {
      part.hidden = part.querySelector(".entry") !== null
        && part.querySelector(".entry:not([hidden])") === null;
    }
    const solution = wanted.find(([name]) => name === "solution");
    for (const figure of document.querySelectorAll("figure")) {
      figure.hidden = solution !== undefined && figure.dataset.solution !== solution[1];
    }
    form.querySelector("output").textContent =
      seen === entries.length ? all : `${seen} of ${all}`;
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
