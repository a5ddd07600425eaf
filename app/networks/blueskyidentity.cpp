// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskyidentity.h"

#include "networks/blueskyaddress.h"

#include <QJsonDocument>

namespace Earshot {

namespace {

QUrl documentOf(const QString &did)
{
    if (did.startsWith(QLatin1StringView("did:plc:")))
        return QUrl(QLatin1StringView("https://plc.directory/") + did);
    // did:web names a host; a port and paths are not in use here.
    const QString host = did.mid(8);
    return isHandle(host) ? QUrl(QLatin1StringView("https://") + host + QLatin1StringView("/.well-known/did.json"))
                          : QUrl();
}

} // namespace

QUrl publicAppView()
{
    return QUrl(QStringLiteral("https://public.api.bsky.app"));
}

BlueskyLookup::BlueskyLookup(BlueskyClient &client, const QString &name, Way way, QObject *parent)
    : Errand(parent)
    , m_client(client)
    , m_name(name)
{
    if (isDid(name))
        askDocument(name);
    else if (way == Way::everywhere)
        askAppView();
    else
        askOwnHost();
}

void BlueskyLookup::askAppView()
{
    QUrl url = publicAppView();
    url.setPath(QStringLiteral("/xrpc/com.atproto.identity.resolveHandle"));
    url.setQuery(QLatin1StringView("handle=") + m_name);
    m_client.getPublic(url, this, [this](const Result<HttpAnswer> &answer) {
        const QJsonObject body = answer ? QJsonDocument::fromJson(answer->body).object() : QJsonObject();
        const QString did = textOf(body, "did");
        if (answer && answer->status == 200 && isDid(did))
            askDocument(did);
        else
            askOwnHost();
    });
}

void BlueskyLookup::askOwnHost()
{
    const QUrl url(QLatin1StringView("https://") + m_name + QLatin1StringView("/.well-known/atproto-did"));
    m_client.getPublic(url, this, [this](const Result<HttpAnswer> &answer) {
        const QString did = answer && answer->status == 200 ? QString::fromUtf8(answer->body).trimmed() : QString();
        if (isDid(did))
            askDocument(did);
        else if (!answer)
            end(tl::unexpected(answer.error()));
        else
            end(fail(ErrorKind::notFound, QStringLiteral("no account has the handle %1").arg(m_name)));
    });
}

void BlueskyLookup::askDocument(const QString &did)
{
    const QUrl url = documentOf(did);
    if (url.isEmpty()) {
        end(fail(ErrorKind::notFound, did));
        return;
    }
    m_client.getPublic(url, this, [this, did](const Result<HttpAnswer> &answer) { takeDocument(did, answer); });
}

void BlueskyLookup::takeDocument(const QString &did, const Result<HttpAnswer> &answer)
{
    if (!answer) {
        end(tl::unexpected(answer.error()));
        return;
    }
    if (answer->status != 200) {
        const Error error = errorOf(*answer, m_client.now());
        const bool isGone = error.kind == ErrorKind::notFound || error.kind == ErrorKind::gone;
        end(isGone ? fail(ErrorKind::notFound, did) : tl::unexpected(error));
        return;
    }
    const QJsonObject document = QJsonDocument::fromJson(answer->body).object();
    BlueskyIdentity identity;
    identity.did = did;
    const QJsonArray names = listOf(document, "alsoKnownAs");
    for (const QJsonValue &name : names) {
        const QString handle = name.toString().mid(5);
        const bool isAsked = handle.compare(m_name, Qt::CaseInsensitive) == 0;
        if (name.toString().startsWith(QLatin1StringView("at://")) && (identity.handle.isEmpty() || isAsked))
            identity.handle = handle.toLower();
    }
    const QJsonArray services = listOf(document, "service");
    for (const QJsonValue &entry : services) {
        const QUrl server(textOf(entry.toObject(), "serviceEndpoint"));
        if (textOf(entry.toObject(), "id").endsWith(QLatin1StringView("#atproto_pds")) &&
            server.scheme() == QLatin1StringView("https"))
            identity.server = server;
    }
    const bool isOther = !isDid(m_name) && identity.handle.compare(m_name, Qt::CaseInsensitive) != 0;
    if (isOther || identity.server.isEmpty())
        end(fail(ErrorKind::notFound, QStringLiteral("%1 does not lead to an account").arg(m_name)));
    else
        end(identity);
}

} // namespace Earshot
