// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// node peer.mjs ADDRESS NAME PASSWORD COLLEAGUE PASSWORD: logs in to a desk, and with jmap-jam reads, pages, acts, follows
// changes, asked for and pushed, uploads, downloads and logs out. Ends with 0 when everything was as RFC 8620 promises.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { EventSource } from 'eventsource';
import { JamClient } from 'jmap-jam';

const [address, name, password, colleague, otherPassword] = process.argv.slice(2);

// Where a token comes from is no matter of JMAP's: the first lines of PROTOCOL.md's "Coming in".
function logIn(given) {
    return fetch(`${address}/auth/login`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ device: 'a peer', ...given }),
    });
}
assert.equal((await logIn({ name, password: 'wrong' })).status, 401);
const login = await (await logIn({ name, password })).json();
const bearerToken = login.token;
const desk = 'urn:earshot:params:jmap:desk';
const types = ['Agent', 'Channel', 'Conversation', 'Message', 'Tag', 'ConversationTag', 'Journal', 'Action'];
function clientOf(token) {
    return new JamClient({
        sessionUrl: `${address}/.well-known/jmap`,
        bearerToken: token,
        customCapabilities: Object.fromEntries(types.map((type) => [type, desk])),
    });
}
const client = clientOf(bearerToken);

const session = await client.session;
assert.equal(session.username, name);
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

// Following a colleague by push. jmap-jam opens a browser's EventSource, which could not say who it is; the connection
// ends after each event, so that what came meanwhile is to be told after the next one opens.
globalThis.EventSource = class extends EventSource {
    constructor(url) {
        super(url, {
            fetch: (input, init) =>
                fetch(input, { ...init, headers: { ...init.headers, Authorization: `Bearer ${bearerToken}` } }),
        });
    }
};
const other = clientOf((await (await logIn({ name: colleague, password: otherPassword })).json()).token);
let known = (await client.api.Conversation.get({ accountId, ids: [] }))[0].state;
const told = [];
let telling;
const source = await client.connectEventSource({ types: '*', ping: 30, closeafter: 'state' });
source.addEventListener('state', (event) => {
    told.push(JSON.parse(event.data));
    telling?.();
});
await once(source, 'open');
for (const conversation of ['1', '3', '5']) {
    await other.api.Action.perform({
        accountId,
        actions: [{ id: crypto.randomUUID(), kind: 'setPriority', arguments: { conversation, priority: 'urgent' } }],
    });
    const changed = [];
    while (!changed.includes(conversation)) {
        while (told.length === 0)
            await new Promise((resolve) => { telling = resolve; });
        const change = told.shift();
        assert.equal(change['@type'], 'StateChange');
        const state = change.changed[accountId].Conversation;
        if (!state || state === known)
            continue;
        const [changes] = await client.api.Conversation.changes({ accountId, sinceState: known });
        changed.push(...changes.updated);
        known = changes.newState;
    }
    const [read] = await client.api.Conversation.get({ accountId, ids: [conversation], properties: ['priority'] });
    assert.equal(read.list[0].priority, 'urgent');
}
source.close();

// There and back.
const bytes = new Uint8Array(100_000).map((_, i) => i % 251);
const blob = await client.uploadBlob(accountId, new Blob([bytes], { type: 'image/png' }));
assert.equal(blob.size, bytes.length);
const back = await client.downloadBlob({ accountId, blobId: blob.blobId, mimeType: 'image/png', fileName: 'a b.png' });
assert.deepEqual(new Uint8Array(await back.arrayBuffer()), bytes);

// Out again: the token is nobody's any more.
assert.equal((await fetch(`${address}/auth/logout`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${bearerToken}` },
})).status, 204);
await assert.rejects(client.api.Tag.get({ accountId, ids: [] }));
console.log('everything as promised');
