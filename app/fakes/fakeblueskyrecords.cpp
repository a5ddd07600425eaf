// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakebluesky.h"

#include "model/textcount.h"
#include "networks/blueskyaddress.h"
#include "networks/jsonvalues.h"

#include <QCryptographicHash>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <limits>

namespace Earshot {

namespace {

constexpr qint64 longestImage = 2'000'000;

/// The type of a picture as its bytes say, as the server looks at them; else what was claimed.
QString sniffed(const QByteArray &content, const QByteArray &claimed)
{
    if (content.startsWith("\x89PNG"))
        return QStringLiteral("image/png");
    if (content.startsWith("\xff\xd8\xff"))
        return QStringLiteral("image/jpeg");
    return QString::fromLatin1(claimed);
}

/// Records of the network hold whole numbers only.
bool hasFraction(const QJsonValue &value)
{
    if (value.isDouble())
        return value.toDouble() != std::floor(value.toDouble());
    const QJsonArray list = value.toArray();
    const QJsonObject object = value.toObject();
    return std::any_of(list.begin(), list.end(), hasFraction) || std::any_of(object.begin(), object.end(), hasFraction);
}

bool isReaction(const QString &collection)
{
    return collection == QLatin1StringView("app.bsky.feed.like") ||
           collection == QLatin1StringView("app.bsky.feed.repost");
}

} // namespace

HttpAnswer FakeBluesky::getRecord(const Call &call) const
{
    const auto item = [&](const char *name) {
        return call.query.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
    };
    for (const char *name : {"repo", "collection", "rkey"}) {
        if (item(name).isEmpty())
            return answerError(400, "InvalidRequest",
                               QStringLiteral("Params must have the property \"%1\"").arg(QLatin1StringView(name)));
    }
    const Person *person = personBy(item("repo"));
    const QString uri = AtUri{person ? person->did : QString(), item("collection"), item("rkey")}.toString();
    const Record *record = find(uri);
    if (!record)
        return answerError(400, "RecordNotFound", QStringLiteral("Could not locate record: %1").arg(uri));
    return answerJson(
        200,
        {{QStringLiteral("uri"), uri}, {QStringLiteral("cid"), record->cid}, {QStringLiteral("value"), record->value}});
}

HttpAnswer FakeBluesky::onRepo(const Call &asked)
{
    if (asked.method == "com.atproto.repo.getRecord")
        return getRecord(asked);
    Call call = asked;
    if (const auto refusal = authorise(call))
        return *refusal;
    if (personBy(call.viewer)->standing == Standing::takenDown)
        return answerError(401, "AccountTakedown", QStringLiteral("Account has been taken down"));
    if (personBy(call.viewer)->standing == Standing::deactivated)
        return answerError(401, "AccountDeactivated", QStringLiteral("Account is deactivated"));
    if (call.method == "com.atproto.repo.uploadBlob")
        return uploadBlob(call);
    const Person *owner = personBy(textOf(call.body, "repo"));
    if (!owner || owner->did != call.viewer)
        return answerError(401, "AuthenticationRequired", QStringLiteral("Authentication Required"));
    static const QHash<QByteArray, int> costs{
        {"com.atproto.repo.createRecord", 3}, {"com.atproto.repo.putRecord", 2}, {"com.atproto.repo.deleteRecord", 1}};
    if (!costs.contains(call.method))
        return answerError(501, "MethodNotImplemented", QStringLiteral("Method Not Implemented"));
    HttpAnswer answer;
    if (!spendPoints(call.viewer, costs.value(call.method)))
        answer = answerError(429, "RateLimitExceeded", QStringLiteral("Rate Limit Exceeded"));
    else if (call.method == "com.atproto.repo.deleteRecord")
        answer = deleteRecord(call);
    else
        answer = putRecord(call);
    tellPoints(answer, call.viewer);
    return answer;
}

bool FakeBluesky::spendPoints(const QString &did, int points)
{
    bool isEnough = true;
    for (WriteLimit &limit : m_writeLimits) {
        Spending &spent = limit.spent[did];
        if (spent.ends <= m_now)
            spent = {.ends = m_now + limit.length, .points = 0};
        spent.points += points;
        isEnough = isEnough && spent.points <= limit.points;
    }
    return isEnough;
}

void FakeBluesky::tellPoints(HttpAnswer &answer, const QString &did) const
{
    int least = m_remaining < 0 ? std::numeric_limits<int>::max() : m_remaining;
    for (const WriteLimit &limit : m_writeLimits) {
        const Spending spent = limit.spent.value(did);
        const int remaining = std::max(0, limit.points - spent.points);
        if (remaining >= least)
            continue;
        least = remaining;
        const QByteArray points = QByteArray::number(limit.points);
        answer.headers.insert("ratelimit-limit", points);
        answer.headers.insert("ratelimit-remaining", QByteArray::number(remaining));
        answer.headers.insert("ratelimit-reset", QByteArray::number(toMs(spent.ends) / 1000));
        answer.headers.insert("ratelimit-policy", points + ";w=" + QByteArray::number(limit.length.count() / 1000));
        if (answer.status == 429)
            answer.headers.insert("retry-after", QByteArray::number((spent.ends - m_now).count() / 1000));
    }
}

HttpAnswer FakeBluesky::putRecord(const Call &call)
{
    static const QRegularExpression tid(QStringLiteral("^[234567abcdefghij][234567a-z]{12}$"));
    const bool isCreation = call.method.endsWith("createRecord");
    const QString collection = textOf(call.body, "collection");
    QString key = textOf(call.body, "rkey");
    if (isCreation && key.isEmpty())
        key = makeKey();
    QJsonObject record = objectOf(call.body, "record");
    if (!record.contains(QLatin1StringView("$type")))
        record.insert(QStringLiteral("$type"), collection);
    if (textOf(record, "$type") != collection)
        return answerError(
            400, "InvalidRequest",
            QStringLiteral("Invalid $type: expected %1, got %2").arg(collection, textOf(record, "$type")));
    if (!tid.match(key).hasMatch())
        return answerError(
            400, "InvalidRequest",
            QStringLiteral("Invalid record key for %1: Invalid TID string (got \"%2\") at $").arg(collection, key));
    if (const QString problem = problemOf(call.viewer, record); !problem.isEmpty()) {
        const bool isBlob = problem.startsWith(QLatin1StringView("Could not find blob"));
        return answerError(400, isBlob ? "BlobNotFound" : "InvalidRequest", problem);
    }
    if (isCreation && isReaction(collection))
        remove(ownRecord(collection.toLatin1().constData(), call.viewer, textOf(objectOf(record, "subject"), "uri")));
    const Record *there = find(AtUri{call.viewer, collection, key}.toString());
    const QString cid = cidOfRecord(record);
    if (there && isCreation)
        return answerError(500, "InternalServerError", QStringLiteral("Internal Server Error"));
    const bool wantsNothing =
        call.body.contains(QLatin1StringView("swapRecord")) && valueOf(call.body, "swapRecord").isNull();
    if (there && wantsNothing && there->cid != cid)
        return answerError(400, "InvalidSwap", QStringLiteral("Record was at %1").arg(there->cid));
    const QString wanted = textOf(call.body, "swapRecord");
    if (!wanted.isEmpty() && wanted != (there ? there->cid : QString()))
        return answerError(400, "InvalidSwap",
                           QStringLiteral("Record was at %1").arg(there ? there->cid : QStringLiteral("null")));
    QJsonObject answer{{QStringLiteral("cid"), cid}, {QStringLiteral("validationStatus"), QStringLiteral("valid")}};
    const bool isNew = !there;
    if (isNew || there->cid != cid) {
        if (isNew)
            m_now += m_step;
        const Record &stored = store(call.viewer, collection, key, record);
        if (isNew && collection == postType)
            notifyOf(stored);
        else if (isNew)
            notifyOfReaction(stored);
        answer.insert(QStringLiteral("commit"),
                      QJsonObject{{QStringLiteral("cid"), cid}, {QStringLiteral("rev"), key}});
    }
    answer.insert(QStringLiteral("uri"), AtUri{call.viewer, collection, key}.toString());
    return answerJson(200, answer);
}

HttpAnswer FakeBluesky::deleteRecord(const Call &call)
{
    const QString uri = AtUri{call.viewer, textOf(call.body, "collection"), textOf(call.body, "rkey")}.toString();
    if (!find(uri))
        return answerJson(200, {});
    remove(uri);
    return answerJson(200, {{QStringLiteral("commit"), QJsonObject{{QStringLiteral("rev"), makeKey()}}}});
}

HttpAnswer FakeBluesky::uploadBlob(const Call &call)
{
    if (call.raw.size() > blobUploadLimit)
        return answerError(413, "PayloadTooLarge", QStringLiteral("request entity too large"));
    const QString link =
        QStringLiteral("bafkrei") +
        QString::fromLatin1(QCryptographicHash::hash(call.raw, QCryptographicHash::Sha256).toHex().first(52));
    const QString type = sniffed(call.raw, call.type);
    m_blobs.insert(link, {.owner = call.viewer, .type = type, .content = call.raw});
    return answerJson(200, {{QStringLiteral("blob"),
                             QJsonObject{{QStringLiteral("$type"), QStringLiteral("blob")},
                                         {QStringLiteral("ref"), QJsonObject{{QStringLiteral("$link"), link}}},
                                         {QStringLiteral("mimeType"), type},
                                         {QStringLiteral("size"), call.raw.size()}}}});
}

QString FakeBluesky::problemOfCard(const QString &did, const QJsonObject &card) const
{
    for (const char *name : {"uri", "title", "description"}) {
        if (!valueOf(card, name).isString())
            return QStringLiteral("Missing required key \"%1\" at $.record.embed.external")
                .arg(QLatin1StringView(name));
    }
    if (!card.contains(QLatin1StringView("thumb")))
        return {};
    const QString link = textOf(objectOf(objectOf(card, "thumb"), "ref"), "$link");
    if (m_blobs.value(link).owner != did)
        return QStringLiteral("Could not find blob: %1").arg(link);
    const qsizetype size = m_blobs.value(link).content.size();
    return size > 1'000'000 ? QStringLiteral("blob too big (maximum 1000000, got %1)").arg(size) : QString();
}

QString FakeBluesky::problemOfEmbed(const QString &did, const QJsonObject &embed) const
{
    if (textOf(embed, "$type") == QLatin1StringView("app.bsky.embed.external"))
        return problemOfCard(did, objectOf(embed, "external"));
    if (textOf(embed, "$type") != QLatin1StringView("app.bsky.embed.images"))
        return {};
    const QJsonArray images = listOf(embed, "images");
    if (images.size() > 4)
        return QStringLiteral("array too big (maximum 4, got %1)").arg(images.size());
    for (const QJsonValue &entry : images) {
        const QJsonObject image = entry.toObject();
        const QJsonObject ref = objectOf(image, "image");
        const QString link = textOf(objectOf(ref, "ref"), "$link");
        if (!image.contains(QLatin1StringView("alt")))
            return QStringLiteral("Missing required key \"alt\" at $.record.embed.images.0");
        if (link.isEmpty())
            return QStringLiteral("Expected blob value type at $.record.embed.images.0.image");
        if (m_blobs.value(link).owner != did)
            return QStringLiteral("Could not find blob: %1").arg(link);
        if (!textOf(ref, "mimeType").startsWith(QLatin1StringView("image/")))
            return QStringLiteral("Expected \"image/*\" (got \"%1\")").arg(textOf(ref, "mimeType"));
        if (m_blobs.value(link).content.size() > longestImage)
            return QStringLiteral("blob too big (maximum 2000000, got %1)").arg(m_blobs.value(link).content.size());
    }
    return {};
}

QString FakeBluesky::problemOf(const QString &did, const QJsonObject &record) const
{
    static const QRegularExpression moment(
        QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$"));
    if (!moment.match(textOf(record, "createdAt")).hasMatch())
        return QStringLiteral("Invalid datetime at $.record.createdAt");
    if (const qsizetype hidden = listOf(record, "hiddenReplies").size(); hidden > 300)
        return QStringLiteral("array too big (maximum 300, got %1) at $.record.hiddenReplies").arg(hidden);
    if (hasFraction(record))
        return QStringLiteral("Invalid number");
    return textOf(record, "$type") == postType ? problemOfPost(did, record) : QString();
}

QString FakeBluesky::problemOfPost(const QString &did, const QJsonObject &record) const
{
    static const QRegularExpression language(QStringLiteral("^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*$"));
    if (!valueOf(record, "text").isString())
        return QStringLiteral("Missing required key \"text\" at $.record");
    const QString text = textOf(record, "text");
    const QJsonArray languages = listOf(record, "langs");
    for (const QJsonValue &one : languages) {
        if (!language.match(one.toString()).hasMatch())
            return QStringLiteral("Invalid language at $.record.langs");
    }
    for (const auto &[name, most] : {std::pair("langs", 3), std::pair("tags", 8)}) {
        if (const qsizetype count = listOf(record, name).size(); count > most)
            return QStringLiteral("array too big (maximum %1, got %2) at $.record.%3")
                .arg(most)
                .arg(count)
                .arg(QLatin1StringView(name));
    }
    if (text.toUtf8().size() > 3000)
        return QStringLiteral("Invalid app.bsky.feed.post record: string too big (maximum 3000, got %1)")
            .arg(text.toUtf8().size());
    Capabilities rule;
    rule.countRule = CountRule::bluesky;
    if (const int count = countText(text, {}, rule).used; count > 300)
        return QStringLiteral("Invalid app.bsky.feed.post record: grapheme too big (maximum 300, got %1) at "
                              "$.record.text")
            .arg(count);
    if (record.contains(QLatin1StringView("reply"))) {
        for (const char *name : {"root", "parent"}) {
            const QJsonObject ref = objectOf(objectOf(record, "reply"), name);
            if (ref.isEmpty())
                return QStringLiteral("Missing required key \"%1\" at $.record.reply").arg(QLatin1StringView(name));
            if (!textOf(ref, "cid").startsWith(QLatin1StringView("bafyrei")))
                return QStringLiteral("Invalid cid at $.record.reply.%1.cid").arg(QLatin1StringView(name));
        }
    }
    const QJsonArray facets = listOf(record, "facets");
    for (const QJsonValue &facet : facets) {
        const QJsonArray features = listOf(facet.toObject(), "features");
        if (valueOf(objectOf(facet.toObject(), "index"), "byteStart").toInteger(-1) < 0)
            return QStringLiteral("Invalid byteStart");
        for (const QJsonValue &feature : features) {
            const QString mentioned = textOf(feature.toObject(), "did");
            if (feature.toObject().contains(QLatin1StringView("did")) && !isDid(mentioned))
                return QStringLiteral("Invalid DID (got \"%1\")").arg(mentioned);
            if (feature.toObject().contains(QLatin1StringView("uri")) &&
                QUrl(textOf(feature.toObject(), "uri")).scheme().isEmpty())
                return QStringLiteral("Invalid URI at $.record.facets");
        }
    }
    return problemOfEmbed(did, objectOf(record, "embed"));
}

} // namespace Earshot
