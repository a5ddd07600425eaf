// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"
#include "model/jsonmembers.h"

namespace Earshot {

// The members of what a channel service is asked and answers, for model/jsonmembers.h; those of a channel itself are in
// recordmembers.h. Internal: questionjson.h is the way in.

template <class Visitor>
void visit(Visitor &member, Finding &finding)
{
    member("network", finding.network);
    member("address", finding.address);
    member("name", finding.name);
    member("what", finding.what);
    member("canAnswer", finding.canAnswer);
    member("canModerate", finding.canModerate);
    member("needsUser", finding.needsUser);
    member("needsPassword", finding.needsPassword);
    member("needsSignIn", finding.needsSignIn);
    member("isBest", finding.isBest);
    member("sameAs", finding.sameAs);
}

/// What is shown of it before its channel is there.
template <class Visitor>
void visit(Visitor &member, RemoteMessage &message)
{
    member("authorName", message.author.name);
    member("authorHandle", message.author.handle);
    member("sentAt", message.sentAt);
    member("text", message.text);
    member("threadTitle", message.threadTitle);
}

template <class Visitor>
void visit(Visitor &member, Secret &secret)
{
    QString text = QString::fromLatin1(secret.reveal().toBase64());
    member("base64", text);
    secret = Secret(QByteArray::fromBase64(text.toLatin1()));
}

template <class Visitor>
void visit(Visitor &member, NewChannel &channel)
{
    member("finding", channel.finding);
    member.added("name", channel.name);
    member.added("user", channel.user);
    member.added("secret", channel.secret);
    member.added("purpose", channel.purpose);
    member.added("horizon", channel.horizon);
    member.added("workSince", channel.workSince);
    member.added("isHorizonAgo", channel.isHorizonAgo);
    member.added("isWorkSinceAgo", channel.isWorkSinceAgo);
}

template <class Visitor>
void visit(Visitor &member, Error &error)
{
    member("kind", error.kind);
    member("detail", error.detail);
    member("until", error.until);
}

template <class Visitor>
void visit(Visitor &member, ChannelReport &report)
{
    member("channel", report.channel);
    member("name", report.name);
    member("messages", report.messages);
    member("history", report.history);
    member("changes", report.changes);
    member("sent", report.sent);
    member("waiting", report.waiting);
    member("failed", report.failed);
    member("unsure", report.unsure);
    member("error", report.error);
}

} // namespace Earshot
