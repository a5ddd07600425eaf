// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonserver.h"

#include "model/htmltext.h"

namespace Earshot {

namespace {

constexpr int defaultLength = 500;
constexpr int defaultPerUrl = 23;
constexpr int defaultMedia = 4;

int positive(const QJsonValue &value, int fallback)
{
    const int number = value.toInt();
    return number > 0 ? number : fallback;
}

} // namespace

MastodonServer serverFrom(const QJsonObject &instance)
{
    const auto at = [](const QJsonObject &object, const char *name) { return object.value(QLatin1StringView(name)); };
    const QJsonObject configuration = at(instance, "configuration").toObject();
    const QJsonObject statuses = at(configuration, "statuses").toObject();
    const QJsonObject media = at(configuration, "media_attachments").toObject();

    MastodonServer server;
    server.isKnown = !at(instance, "version").toString().isEmpty();
    // v2 gives the domain itself; v1 gives it as `uri`, which some fill with an address.
    server.domain = at(instance, "domain").toString();
    if (server.domain.isEmpty())
        server.domain = at(instance, "uri").toString();
    if (server.domain.contains(QLatin1StringView("://")))
        server.domain = QUrl(server.domain).authority();
    server.title = cleanLine(at(instance, "title").toString());
    server.streaming = QUrl(at(at(configuration, "urls").toObject(), "streaming").toString());
    if (server.streaming.isEmpty())
        server.streaming = QUrl(at(at(instance, "urls").toObject(), "streaming_api").toString());
    server.apiVersion = at(at(instance, "api_versions").toObject(), "mastodon").toInt();

    Capabilities &can = server.capabilities;
    can.hasContentWarning = true;
    can.canAskBeforePublishing = true;
    can.countRule = CountRule::mastodon;
    can.maxLength = positive(at(statuses, "max_characters"), positive(at(instance, "max_toot_chars"), defaultLength));
    can.perUrl = positive(at(statuses, "characters_reserved_per_url"), defaultPerUrl);
    can.maxMedia = positive(at(statuses, "max_media_attachments"), defaultMedia);
    can.maxMediaBytes = at(media, "image_size_limit").toInteger();
    // Only Mastodon itself is known to honour Idempotency-Key, for an hour; others publish twice.
    const bool isMastodon = server.apiVersion > 0;
    can.keyLifetime = isMastodon ? Duration(std::chrono::hours(1)) : Duration(0);
    can.visibilityDelay = std::chrono::seconds(isMastodon ? 2 : 10);
    return server;
}

void askServer(MastodonClient &client, QObject *context, std::function<void(Result<MastodonServer>)> then)
{
    const auto read = [then](const Result<MastodonReply> &reply) {
        if (reply)
            then(serverFrom(reply->body.toObject()));
        else if (isMissing(reply.error()))
            then(serverFrom({}));
        else
            then(tl::unexpected(reply.error()));
    };
    client.get("/api/v2/instance", context, [&client, context, read](const Result<MastodonReply> &reply) {
        // Some answer what they do not know with the page of their own web client.
        const bool isNone = !reply && (isMissing(reply.error()) || reply.error().kind == ErrorKind::malformed);
        if (isNone)
            client.get("/api/v1/instance", context, read);
        else
            read(reply);
    });
}

} // namespace Earshot
