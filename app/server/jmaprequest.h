// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/serverlimits.h"

#include <QJsonObject>
#include <QList>
#include <QSet>
#include <QString>

#include <tl/expected.hpp>

namespace Earshot {

/// RFC 8620's own capability, that of JMAP over WebSocket (RFC 8887), and ours.
constexpr QLatin1StringView coreCapability("urn:ietf:params:jmap:core");
constexpr QLatin1StringView webSocketCapability("urn:ietf:params:jmap:websocket");
constexpr QLatin1StringView deskCapability("urn:earshot:params:jmap:desk");

/// A method call or a response: RFC 8620 3.2.
struct MethodCall
{
    QString name;
    QJsonObject arguments;
    QString callId;
};

/// RFC 8620 3.3.
struct JmapRequest
{
    QSet<QString> capabilities; ///< `using`
    QList<MethodCall> calls;
    QJsonObject createdIds;
    bool hasCreatedIds = false;
};

/// A request that is not carried out at all: RFC 8620 3.6.1, as RFC 7807 says it.
struct Problem
{
    QString type; ///< "urn:ietf:params:jmap:error:" and "notJSON", "notRequest", "unknownCapability" or "limit"
    int status = 400;
    QString detail;
    QString limit; ///< of "limit": which one

    [[nodiscard]] QJsonObject toJson() const;
};
[[nodiscard]] Problem notJson(const QString &detail);
[[nodiscard]] Problem notRequest(const QString &detail);
[[nodiscard]] Problem overLimit(const QString &name, int status = 400);

/// A method that failed alone: RFC 8620 3.6.2.
struct MethodError
{
    QString type;
    QString description;
    QString kind; ///< word of an ErrorKind, where it says more than `type`
    Time until;   ///< when it may be tried again, where that is known

    [[nodiscard]] QJsonObject toJson() const;
};
using MethodResult = tl::expected<QJsonObject, MethodError>;
[[nodiscard]] tl::unexpected<MethodError> methodError(const char *type, const QString &description = {});

/// Strict: whatever is not as RFC 8620 3.3 has it is a Problem. Pure, for any bytes.
[[nodiscard]] tl::expected<QJsonObject, Problem> parseJson(const QByteArray &body);
[[nodiscard]] tl::expected<JmapRequest, Problem> readRequest(const QJsonObject &object, const ServerLimits &limits);

/// The arguments with their result references ("#ids") replaced by what earlier responses say: RFC 8620 3.7.
/// @param left how much the references of the whole request may still bring, as weightOf() has it: a value that is
///     named twice stands there twice, and each call may double what the one before it said
/// Errors: invalidArguments, invalidResultReference, requestTooLarge.
[[nodiscard]] MethodResult resolveReferences(const QJsonObject &arguments, const QList<MethodCall> &responses,
                                             qint64 &left);

/// About how many bytes a value takes as text, at most `most`: a greater one is not looked at any further.
[[nodiscard]] qint64 weightOf(const QJsonValue &value, qint64 most);

/// What a JSON pointer (RFC 6901) with "*" for "each of the list" finds; undefined when nothing.
[[nodiscard]] QJsonValue evaluatePointer(const QJsonValue &value, const QString &path);

} // namespace Earshot
