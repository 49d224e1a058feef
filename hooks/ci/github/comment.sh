#!/bin/sh
# Keeps one comment in the pull request CONNREF_PULL_NUMBER: what check.sh finds, as Markdown. A pull
# request in order gets none, but one that it has already is brought up to date. Where it may not be
# written, that is said and nothing fails.

set -u

main() {
  body=$RUNNER_TEMP/connref-comment.md
  status=0
  CONNREF_FORMAT=markdown CONNREF_REPORTS='' sh "$(dirname -- "$0")/../check.sh" >"$body" || status=$?
  [ -s "$body" ] || exit 0

  comments=repos/$GITHUB_REPOSITORY/issues/$CONNREF_PULL_NUMBER/comments
  if ! known=$(gh api --paginate "$comments" \
    --jq '.[] | select(.user.type == "Bot" and (.body | startswith("<!-- connref -->"))) | .id'); then
    not_permitted
  fi
  known=$(printf '%s\n' "$known" | head -n 1)
  if [ -n "$known" ]; then
    gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$known" \
      --field "body=@$body" || not_permitted
  elif [ "$status" != 0 ]; then
    gh api --silent --method POST "$comments" --field "body=@$body" || not_permitted
  fi
}

not_permitted() {
  echo "::notice title=connref::no comment was written: it takes 'permissions: {pull-requests: write}'"
  exit 0
}

main
