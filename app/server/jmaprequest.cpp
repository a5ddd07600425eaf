// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/jmaprequest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringDecoder>

#include <algorithm>

namespace Earshot {

namespace {

constexpr qsizetype mostCallId = 256;
constexpr qsizetype mostPath = 256;
/// What a reference may gather: far over what a method takes, so that its own limit is what is told.
constexpr qsizetype mostGathered = 50'000;

QString urn(const char *name)
{
    return QStringLiteral("urn:ietf:params:jmap:error:") + QLatin1StringView(name);
}

bool isIndex(const QString &token)
{
    const bool isNumber = !token.isEmpty() && token.size() <= 9 &&
                          std::all_of(token.cbegin(), token.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return isNumber && (token.size() == 1 || token.front() != u'0');
}

QString unescaped(QString token)
{
    return token.replace(QLatin1StringView("~1"), QLatin1StringView("/"))
        .replace(QLatin1StringView("~0"), QLatin1StringView("~"));
}

QJsonValue walk(const QJsonValue &value, const QStringList &tokens, qsizetype depth)
{
    if (depth == tokens.size())
        return value;
    const QString &token = tokens[depth];
    if (value.isObject())
        return walk(value.toObject().value(unescaped(token)), tokens, depth + 1);
    if (!value.isArray())
        return QJsonValue(QJsonValue::Undefined);
    const QJsonArray list = value.toArray();
    if (token != QLatin1StringView("*"))
        return isIndex(token) && token.toInt() < list.size() ? walk(list.at(token.toInt()), tokens, depth + 1)
                                                             : QJsonValue(QJsonValue::Undefined);
    QJsonArray gathered;
    for (const QJsonValue &item : list) {
        const QJsonValue found = walk(item, tokens, depth + 1);
        if (found.isUndefined() || gathered.size() > mostGathered)
            return QJsonValue(QJsonValue::Undefined);
        if (!found.isArray()) {
            gathered.append(found);
            continue;
        }
        for (const QJsonValue &inner : found.toArray())
            gathered.append(inner);
    }
    return gathered.size() > mostGathered ? QJsonValue(QJsonValue::Undefined) : QJsonValue(gathered);
}

tl::expected<QJsonValue, MethodError> resolve(const QJsonValue &reference, const QList<MethodCall> &responses)
{
    const QJsonObject object = reference.toObject();
    const QJsonValue resultOf = object.value(QLatin1StringView("resultOf"));
    const QJsonValue name = object.value(QLatin1StringView("name"));
    const QJsonValue path = object.value(QLatin1StringView("path"));
    if (!resultOf.isString() || !name.isString() || !path.isString())
        return methodError("invalidArguments", QStringLiteral("a reference has resultOf, name and path"));
    const auto found = std::find_if(responses.cbegin(), responses.cend(), [&resultOf](const MethodCall &response) {
        return response.callId == resultOf.toString();
    });
    if (found == responses.cend() || found->name != name.toString())
        return methodError("invalidResultReference", QStringLiteral("there is no such response"));
    const QJsonValue value = evaluatePointer(found->arguments, path.toString());
    if (value.isUndefined())
        return methodError("invalidResultReference", QStringLiteral("the response has no ") + path.toString());
    return value;
}

tl::expected<MethodCall, Problem> readCall(const QJsonValue &value)
{
    const QJsonArray parts = value.toArray();
    if (parts.size() != 3 || !parts[0].isString() || !parts[1].isObject() || !parts[2].isString())
        return tl::unexpected(notRequest(QStringLiteral("a method call is [name, arguments, id]")));
    if (parts[2].toString().size() > mostCallId)
        return tl::unexpected(notRequest(QStringLiteral("a method call's id is too long")));
    return MethodCall{parts[0].toString(), parts[1].toObject(), parts[2].toString()};
}

} // namespace

QJsonObject Problem::toJson() const
{
    QJsonObject object{
        {QStringLiteral("type"), type}, {QStringLiteral("status"), status}, {QStringLiteral("detail"), detail}};
    if (!limit.isEmpty())
        object.insert(QStringLiteral("limit"), limit);
    return object;
}

Problem notJson(const QString &detail)
{
    return {urn("notJSON"), 400, detail, {}};
}

Problem notRequest(const QString &detail)
{
    return {urn("notRequest"), 400, detail, {}};
}

Problem overLimit(const QString &name, int status)
{
    return {urn("limit"), status, QStringLiteral("this is over the limit ") + name, name};
}

QJsonObject MethodError::toJson() const
{
    QJsonObject object{{QStringLiteral("type"), type}};
    if (!description.isEmpty())
        object.insert(QStringLiteral("description"), description);
    if (!kind.isEmpty())
        object.insert(QStringLiteral("kind"), kind);
    if (isKnown(until))
        object.insert(QStringLiteral("until"), toIso(until));
    return object;
}

tl::unexpected<MethodError> methodError(const char *type, const QString &description)
{
    return tl::unexpected(MethodError{QString(QLatin1StringView(type)), description, {}, {}});
}

tl::expected<QJsonObject, Problem> parseJson(const QByteArray &body)
{
    // The parser lets some bytes pass that are no UTF-8.
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder.decode(body);
    if (decoder.hasError() || body.startsWith("\xef\xbb\xbf"))
        return tl::unexpected(notJson(QStringLiteral("this is not UTF-8")));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (error.error != QJsonParseError::NoError)
        return tl::unexpected(notJson(error.errorString()));
    if (!document.isObject())
        return tl::unexpected(notRequest(QStringLiteral("a request is an object")));
    return document.object();
}

tl::expected<JmapRequest, Problem> readRequest(const QJsonObject &object, const ServerLimits &limits)
{
    static const QStringList known{coreCapability, webSocketCapability, deskCapability};
    JmapRequest request;
    const QJsonValue capabilities = object.value(QLatin1StringView("using"));
    const QJsonValue calls = object.value(QLatin1StringView("methodCalls"));
    if (!capabilities.isArray() || !calls.isArray())
        return tl::unexpected(notRequest(QStringLiteral("a request has using and methodCalls")));
    for (const QJsonValue &capability : capabilities.toArray()) {
        if (!capability.isString())
            return tl::unexpected(notRequest(QStringLiteral("a capability is a string")));
        if (!known.contains(capability.toString()))
            return tl::unexpected(Problem{urn("unknownCapability"), 400, capability.toString().left(200), {}});
        request.capabilities.insert(capability.toString());
    }
    const QJsonArray list = calls.toArray();
    if (list.size() > limits.callsInRequest)
        return tl::unexpected(overLimit(QStringLiteral("maxCallsInRequest")));
    for (const QJsonValue &value : list) {
        const auto call = readCall(value);
        if (!call)
            return tl::unexpected(call.error());
        request.calls.append(*call);
    }
    const QJsonValue created = object.value(QLatin1StringView("createdIds"));
    request.hasCreatedIds = !created.isUndefined();
    request.createdIds = created.toObject();
    const bool areStrings = std::all_of(request.createdIds.constBegin(), request.createdIds.constEnd(),
                                        [](const QJsonValue &id) { return id.isString(); });
    if (request.hasCreatedIds && (!created.isObject() || !areStrings))
        return tl::unexpected(notRequest(QStringLiteral("createdIds maps ids to ids")));
    return request;
}

qint64 weightOf(const QJsonValue &value, qint64 most)
{
    constexpr qint64 ofOne = 8;
    qint64 weight = ofOne;
    if (value.isString())
        return std::min(most, weight + value.toString().size());
    if (value.isArray()) {
        const QJsonArray list = value.toArray();
        for (auto item = list.constBegin(); item != list.constEnd() && weight < most; ++item)
            weight += weightOf(*item, most - weight);
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto member = object.constBegin(); member != object.constEnd() && weight < most; ++member)
            weight += member.key().size() + weightOf(member.value(), most - weight);
    }
    return std::min(most, weight);
}

MethodResult resolveReferences(const QJsonObject &arguments, const QList<MethodCall> &responses, qint64 &left)
{
    QJsonObject resolved;
    for (auto argument = arguments.constBegin(); argument != arguments.constEnd(); ++argument) {
        const QString name = argument.key();
        if (!name.startsWith(u'#')) {
            resolved.insert(name, argument.value());
            continue;
        }
        const QString plain = name.mid(1);
        if (arguments.contains(plain))
            return methodError("invalidArguments", plain + QStringLiteral(" is given twice"));
        const auto value = resolve(argument.value(), responses);
        if (!value)
            return tl::unexpected(value.error());
        left -= weightOf(*value, left + 1);
        if (left < 0) {
            left = 0;
            return methodError("requestTooLarge", QStringLiteral("the references bring more than maxSizeRequest"));
        }
        resolved.insert(plain, *value);
    }
    return resolved;
}

QJsonValue evaluatePointer(const QJsonValue &value, const QString &path)
{
    if (path.isEmpty())
        return value;
    if (!path.startsWith(u'/') || path.size() > mostPath)
        return QJsonValue(QJsonValue::Undefined);
    return walk(value, path.mid(1).split(u'/'), 0);
}

} // namespace Earshot
