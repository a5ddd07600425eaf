// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/hostilecalls.h"

namespace Earshot {

const char *const goodCalls = R"([
    ["Core/echo", {"a": [1, {"b": null}]}],
    ["Conversation/get", {"ids": ["1", "2", "99"], "properties": ["status", "assignee"]}],
    ["Message/get", {"ids": null}],
    ["Tag/changes", {"sinceState": "STATE-0", "maxChanges": 2}],
    ["Message/changes", {"sinceState": "STATE-3"}],
    ["Conversation/query", {"filter": {"operator": "AND", "conditions": [{"status": "open"},
        {"operator": "NOT", "conditions": [{"assignee": "2"}, {"tag": "lamp"}]}]},
        "sort": [{"property": "lastMessageAt", "isAscending": false}], "position": 1, "limit": 3, "calculateTotal": true}],
    ["Conversation/query", {"filter": {"channel": "1", "priority": "high", "needsAnswer": true, "isImported": false,
        "isPrivate": false, "hasTrouble": false, "number": 1, "contact": "1", "team": "1",
        "before": "2027-01-15T08:00:07.000Z", "after": "2027-01-15T08:00:05Z"}, "anchor": "1", "anchorOffset": -1}],
    ["Message/query", {"filter": {"text": "openword -number from:@o1 is:note tag:lamp before:2027-01-01"},
        "collapseConversations": true}],
    ["Message/query", {"filter": {"conversation": "1", "channel": "1", "kind": "inbound"},
        "sort": [{"property": "sortAt"}], "limit": 5}],
    ["Conversation/queryChanges", {"filter": null, "sinceQueryState": "STATE-0"}],
    ["Desk/conversations", {"view": "open", "limit": 2}],
    ["Desk/conversations", {"view": "custom", "filter": {"statuses": ["open"], "owner": "anyone", "agent": null,
        "channels": ["1"], "tags": [], "withoutTags": [], "least": "low", "needsAnswer": false, "isPrivate": false,
        "hasTrouble": false, "networks": ["feed"], "waitsLonger": 60000}}],
    ["Desk/story", {"conversation": "1", "limit": 5, "withThread": true}],
    ["Desk/timeline", {"conversation": "1", "beforeAt": "2027-01-15T08:00:07.000Z", "before": "5", "limit": 5}],
    ["Desk/search", {"text": "openword OR \"a phrase\" -x", "limit": 5}],
    ["Desk/journal", {"before": 5, "limit": 2}],
    ["Desk/messagesById", {"after": "1", "limit": 2}],
    ["Draft/changes", {"sinceState": "STATE-0"}],
    ["Draft/set", {"conversation": "1", "mode": "note", "ifVersion": 0, "draft": {"text": "begun"}}],
    ["Personal/changes", {"sinceState": "STATE-0"}],
    ["Personal/set", {"seen": {"1": {"message": "1099511627777", "was": "0"}}, "views": [
        {"uuid": "0192f0c1-0000-7000-8000-0000000000b1", "isDropped": true},
        {"uuid": "0192f0c1-0000-7000-8000-0000000000b2", "position": 1, "view": {"name": "Mine", "filter": {
         "statuses": ["open"], "owner": "me", "agent": null, "channels": [1], "tags": [], "withoutTags": [],
         "least": "low", "needsAnswer": false, "isPrivate": false, "hasTrouble": false,
         "networks": ["feed"], "waitsLonger": 60000}, "search": "", "order": "newest", "isGrouped": false}}]}],
    ["Presence/set", {"client": "a1", "conversations": [{"id": "1", "isWriting": true}, {"id": "2", "isListed": true}]}],
    ["Access/log", {"limit": 5}],
    ["Access/change", {"kind": 2, "agent": 2, "tokenId": "x"}],
    ["Channel/find", {"address": "@a@b"}],
    ["Channel/preview", {"finding": {"network": "mastodon", "address": "@a@b", "name": "", "what": "account",
        "canAnswer": true, "canModerate": false, "needsUser": false, "needsPassword": false, "needsSignIn": true,
        "isBest": true, "sameAs": ""}, "user": "", "secret": {"base64": "eA=="}}],
    ["Action/perform", {"actions": [{"id": "0192f0c1-0000-7000-8000-0000000000a1", "kind": "claim",
        "arguments": {"conversation": "1"}, "number": 1, "basedOn": 3, "force": false}]}],
    ["Action/perform", {"actions": [
        {"id": "0192f0c1-0000-7000-8000-0000000000a2", "kind": "setStatus",
         "arguments": {"conversation": "1", "status": "resolved", "reason": "duplicate", "duplicateOf": "3"}},
        {"id": "0192f0c1-0000-7000-8000-0000000000a3", "kind": "addNote",
         "arguments": {"conversation": "1", "text": "a @Kim note"}},
        {"id": "0192f0c1-0000-7000-8000-0000000000a4", "kind": "editNote",
         "arguments": {"message": "#0192f0c1-0000-7000-8000-0000000000a3", "text": "better"}},
        {"id": "0192f0c1-0000-7000-8000-0000000000a5", "kind": "sendReply", "arguments": {"conversation": "1",
         "text": "an answer", "media": [{"hash": "x", "type": "image/png", "description": ""}], "visibility": "everyone",
         "leftOut": ["@a"], "furtherParts": ["more"]}}]}],
    ["Action/perform", {"actions": [
        {"id": "0192f0c1-0000-7000-8000-0000000000a6", "kind": "saveView", "arguments": {"view": null, "name": "Mine",
         "filter": {"statuses": ["open"], "owner": "me", "agent": null, "channels": [1], "tags": [], "withoutTags": [],
         "least": "low", "needsAnswer": false, "isPrivate": false, "hasTrouble": false,
         "networks": ["feed"], "waitsLonger": 60000}, "search": "", "order": "newest", "isGrouped": false}},
        {"id": "0192f0c1-0000-7000-8000-0000000000a7", "kind": "keepMacro", "arguments": {"macro": null, "name": "M",
         "key": "m", "steps": [{"kind": "addTag", "argument": "lamp"}]}},
        {"id": "0192f0c1-0000-7000-8000-0000000000a8", "kind": "pinNotice", "arguments": {"text": "Outage",
         "until": "2099-01-01T00:00:00Z", "channel": "1", "tag": null, "view": null, "list": null}},
        {"id": "0192f0c1-0000-7000-8000-0000000000a9", "kind": "snooze", "arguments": {"conversation": "1",
         "until": "2099-01-01T00:00:00Z"}},
        {"id": "0192f0c1-0000-7000-8000-0000000000aa", "kind": "withdraw", "arguments": {}, "number": 7}]}]])";

const char *const rubbish =
    R"([null, true, false, 0, -1, 1, 2147483648, 9223372036854775807, -1e308, 1.5, "", "0", "-1",
    "1", "2", "9223372036854775807", "9223372036854775808", "99999999999999999999999", "#", "#x", "STATE-0",
    "STATE-9223372036854775807", "open", "resolved", "admin", "\u0000", "\ud83d\ude00", "' OR 1=1 --", "%_*?[", "\"(NEAR",
    "2027-02-30T99:00:00Z", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "-0001-01-01T00:00:00Z", [], {}, [[]], [{}],
    ["1", "1"], {"operator": "NOT"}, {"operator": "OR", "conditions": [{}, {}]}, {"resultOf": "0", "name": "x", "path": "/"}])";

} // namespace Earshot
