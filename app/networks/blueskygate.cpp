// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskygate.h"

namespace Earshot {

namespace {

const auto gateCollection = QStringLiteral("app.bsky.feed.threadgate");
/// Of the list in app.bsky.feed.threadgate.
constexpr qsizetype mostHidden = 300;
/// So often a gate is read that others change at the same moment.
constexpr int mostReadings = 4;

template <class Then>
void readGate(BlueskySession &session, const QString &root, QObject *context, Then then)
{
    session.client->get("com.atproto.repo.getRecord",
                        {{"repo", session.view.did}, {"collection", gateCollection}, {"rkey", parseAtUri(root).key}},
                        context, [then = std::move(then)](const Result<QJsonObject> &reply) {
                            if (reply)
                                then(Result<BlueskyGate>({textOf(*reply, "cid"), objectOf(*reply, "value")}));
                            else if (isAbsent(reply.error()))
                                then(Result<BlueskyGate>(BlueskyGate()));
                            else
                                then(Result<BlueskyGate>(tl::unexpected(reply.error())));
                        });
}

Delivered doneAs(const Outgoing &outgoing)
{
    Delivered delivered;
    delivered.moderation = outgoing.effect == Effect::hide ? Moderation::hidden : Moderation::none;
    return delivered;
}

bool isDone(const BlueskyGate &gate, const Outgoing &outgoing)
{
    return gate.hidden().contains(outgoing.targetUri) == (outgoing.effect == Effect::hide);
}

} // namespace

QStringList BlueskyGate::hidden() const
{
    QStringList uris;
    const QJsonArray list = listOf(record, "hiddenReplies");
    for (const QJsonValue &uri : list)
        uris.append(uri.toString());
    return uris;
}

QJsonObject BlueskyGate::with(const QString &uri, bool isHidden, const Outgoing &outgoing) const
{
    QJsonObject changed = record;
    if (cid.isEmpty())
        changed = {{QStringLiteral("$type"), gateCollection},
                   {QStringLiteral("post"), outgoing.threadUri},
                   {QStringLiteral("createdAt"), toIso(outgoing.createdAt)}};
    QStringList uris = hidden();
    uris.removeAll(uri);
    if (isHidden)
        uris.append(uri);
    changed.insert(QStringLiteral("hiddenReplies"), QJsonArray::fromStringList(uris));
    return changed;
}

Result<Outgoing> prepareHiding(Outgoing wish, const RemoteMessage &target, const BlueskySession &session)
{
    if (!session.view.isSignedIn)
        return fail(ErrorKind::unsupported, QStringLiteral("the channel has no account"));
    const AtUri root = parseAtUri(target.threadUri);
    if (!root.isValid() || root.repo != session.view.did)
        return fail(ErrorKind::unsupported, QStringLiteral("only who began a thread can hide answers in it"));
    if (target.uri == target.threadUri || parseAtUri(target.uri).collection != QLatin1StringView(postCollection))
        return fail(ErrorKind::unsupported, QStringLiteral("it answers nothing"));
    wish.targetUri = target.uri;
    wish.targetRemoteId = target.remoteId;
    wish.threadUri = target.threadUri;
    if (!isKnown(wish.createdAt))
        wish.createdAt = session.client->now();
    return wish;
}

BlueskyHiding::BlueskyHiding(BlueskySession &session, Outgoing outgoing, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_outgoing(std::move(outgoing))
{
    whenPrepared(m_session, [this] {
        if (parseAtUri(m_outgoing.threadUri).repo == m_session.view.did)
            read();
        else
            end(fail(ErrorKind::unsupported, QStringLiteral("only who began a thread can hide answers in it")));
    });
}

void BlueskyHiding::read()
{
    if (++m_readings > mostReadings) {
        // Each attempt was refused, so nothing of ours has happened.
        end(fail(ErrorKind::transient, QStringLiteral("the thread's gate is being changed by others")));
        return;
    }
    readGate(m_session, m_outgoing.threadUri, this, [this](const Result<BlueskyGate> &gate) {
        if (!gate)
            end(tl::unexpected(gate.error()));
        else if (isDone(*gate, m_outgoing))
            end(doneAs(m_outgoing));
        else
            change(*gate);
    });
}

void BlueskyHiding::change(const BlueskyGate &gate)
{
    const bool isHidden = m_outgoing.effect == Effect::hide;
    if (isHidden && gate.hidden().size() >= mostHidden) {
        end(fail(ErrorKind::policy, QStringLiteral("the network hides at most %1 answers a thread").arg(mostHidden)));
        return;
    }
    const QJsonObject body{
        {QStringLiteral("repo"), m_session.view.did},
        {QStringLiteral("collection"), gateCollection},
        {QStringLiteral("rkey"), parseAtUri(m_outgoing.threadUri).key},
        {QStringLiteral("swapRecord"), gate.cid.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(gate.cid)},
        {QStringLiteral("record"), gate.with(m_outgoing.targetUri, isHidden, m_outgoing)}};
    m_session.client->change("com.atproto.repo.putRecord", body, this, [this](const Result<QJsonObject> &reply) {
        if (reply)
            end(doneAs(m_outgoing));
        else if (reply.error().kind == ErrorKind::duplicate)
            read();
        else
            end(tl::unexpected(reply.error()));
    });
}

BlueskyHidingSearch::BlueskyHidingSearch(BlueskySession &session, Outgoing outgoing, QObject *parent)
    : Errand(parent)
{
    whenPrepared(session, [this, &session, outgoing = std::move(outgoing)] {
        readGate(session, outgoing.threadUri, this, [this, outgoing](const Result<BlueskyGate> &gate) {
            if (!gate)
                end(tl::unexpected(gate.error()));
            else
                end(isDone(*gate, outgoing) ? std::optional(doneAs(outgoing)) : std::nullopt);
        });
    });
}

BlueskyModeration::BlueskyModeration(BlueskySession &session, QList<RemoteMessage> messages, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_messages(std::move(messages))
{
    for (const RemoteMessage &message : std::as_const(m_messages)) {
        const bool isAnswer = message.isThreadOurs && message.uri != message.threadUri;
        if (isAnswer && !m_roots.contains(message.threadUri))
            m_roots.append(message.threadUri);
    }
    step();
}

void BlueskyModeration::step()
{
    if (m_roots.isEmpty()) {
        end(m_messages);
        return;
    }
    const QString root = m_roots.takeFirst();
    readGate(m_session, root, this, [this, root](const Result<BlueskyGate> &gate) {
        if (gate)
            take(root, gate->hidden());
        step();
    });
}

void BlueskyModeration::take(const QString &root, const QStringList &hidden)
{
    for (RemoteMessage &message : m_messages) {
        if (message.threadUri != root)
            continue;
        message.tellsModeration = true;
        message.moderation = hidden.contains(message.uri) ? Moderation::hidden : Moderation::none;
    }
}

} // namespace Earshot
