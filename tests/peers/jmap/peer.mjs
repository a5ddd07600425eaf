// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// node peer.mjs ADDRESS TOKEN: logs in to a desk with jmap-jam, reads, pages, acts, follows changes, uploads, downloads.
// Ends with 0 when everything was as RFC 8620 promises.
import assert from 'node:assert/strict';
import { JamClient } from 'jmap-jam';

const [address, bearerToken] = process.argv.slice(2);
const desk = 'urn:earshot:params:jmap:desk';
const types = ['Agent', 'Channel', 'Conversation', 'Message', 'Tag', 'ConversationTag', 'Journal', 'Action'];
const client = new JamClient({
    sessionUrl: `${address}/.well-known/jmap`,
    bearerToken,
    customCapabilities: Object.fromEntries(types.map((type) => [type, desk])),
});

const session = await client.session;
assert.equal(session.username, 'Kim');
const accountId = session.primaryAccounts[desk];
assert.ok(session.accounts[accountId]);

// Paging, with a reference from the query to the rows.
const met = [];
for (let position = 0; ; position += 2) {
    const [{ page, rows }] = await client.requestMany((t) => {
        const page = t.Conversation.query({ accountId, position, limit: 2, calculateTotal: true });
        const rows = t.Conversation.get({ accountId, ids: page.$ref('/ids'), properties: ['subject', 'status', 'channel'] });
        return { page, rows };
    });
    assert.equal(page.total, 6);
    assert.deepEqual(rows.list.map((row) => row.id), page.ids);
    met.push(...page.ids);
    if (page.ids.length < 2)
        break;
}
assert.equal(new Set(met).size, 6);

// Acting, and following what it changed.
const [before] = await client.api.Conversation.get({ accountId, ids: ['1'] });
assert.equal(before.list[0].assignee, null);
const [performed] = await client.api.Action.perform({
    accountId,
    actions: [{ id: crypto.randomUUID(), number: 1, kind: 'claim', basedOn: before.list[0].seq, arguments: { conversation: '1' } }],
});
assert.equal(performed.outcomes[0].outcome, 'applied');
const [changes] = await client.api.Conversation.changes({ accountId, sinceState: before.state });
assert.deepEqual(changes.updated, ['1']);
assert.equal(changes.hasMoreChanges, false);
const [after] = await client.api.Conversation.get({ accountId, ids: ['1'] });
assert.equal(after.list[0].assignee, session.accounts[accountId].accountCapabilities[desk].agent);
assert.equal(after.state, changes.newState);

// A method's error and a request's problem arrive as such.
await assert.rejects(client.api.Conversation.changes({ accountId, sinceState: 'x' }), { type: 'cannotCalculateChanges' });
await assert.rejects(client.api.Conversation.get({ accountId, ids: [] }, { using: ['urn:example:unknown'] }),
    (problem) => problem.type === 'urn:ietf:params:jmap:error:unknownCapability');

// There and back.
const bytes = new Uint8Array(100_000).map((_, i) => i % 251);
const blob = await client.uploadBlob(accountId, new Blob([bytes], { type: 'image/png' }));
assert.equal(blob.size, bytes.length);
const back = await client.downloadBlob({ accountId, blobId: blob.blobId, mimeType: 'image/png', fileName: 'a b.png' });
assert.deepEqual(new Uint8Array(await back.arrayBuffer()), bytes);
console.log('everything as promised');
