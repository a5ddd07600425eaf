// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// facets.mjs FOLDER: reads a JSON list of texts from its input and prints what the network's own client, installed in
// FOLDER, finds in each: "start-end kind value", by bytes.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const part = (name) =>
  import(pathToFileURL(join(process.argv[2], 'node_modules/@atproto/api/dist/rich-text', name)))
const { detectFacets } = await part('detection.js')
const { UnicodeString } = await part('unicode.js')

const line = ({ index, features: [feature] }) => {
  const [kind, value] = feature.did
    ? ['@', feature.did.toLowerCase()]
    : feature.uri
      ? ['l', feature.uri]
      : ['#', feature.tag]
  return `${index.byteStart}-${index.byteEnd} ${kind} ${value}`
}
const texts = JSON.parse(readFileSync(0, 'utf8'))
console.log(
  JSON.stringify(
    texts.map((text) =>
      (detectFacets(new UnicodeString(text)) ?? [])
        .sort((a, b) => a.index.byteStart - b.index.byteStart)
        .map(line),
    ),
  ),
)
