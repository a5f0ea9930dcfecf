#!/bin/sh
# Types, tests, and: the committed bundle is what the sources give, byte for byte.
set -eu
cd "$(dirname "$0")"
npm run --silent check
npm run --silent test
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
node build.mjs "$fresh"
for file in page.js page.css LICENSES.txt; do
  cmp "$fresh/$file" "../src/innohub/web/static/$file" || {
    echo "web/static/$file is not what webui gives: run 'npm run build' in webui and commit" >&2
    exit 1
  }
done
