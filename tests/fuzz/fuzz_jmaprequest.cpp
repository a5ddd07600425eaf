// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/httphead.h"
#include "server/jmaprequest.h"

#include <QJsonDocument>

#include <cstdint>
#include <cstdlib>

using namespace Earshot;

/// Any bytes as a request's head, and as its body: both end, and what is taken holds what it promises. Of a request
/// that is taken, every call's references are resolved against the calls before it, and what they bring is bounded.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    if (const auto head = parseHead(bytes); head && (head->contentLength < 0 || !head->path.startsWith(u'/')))
        std::abort();
    const ServerLimits limits;
    const auto object = parseJson(bytes);
    const auto request = object ? readRequest(*object, limits) : tl::unexpected(object.error());
    if (!request) {
        if (request.error().type.isEmpty() || request.error().status < 400)
            std::abort();
        return 0;
    }
    if (request->calls.size() > limits.callsInRequest)
        std::abort();
    QList<MethodCall> responses;
    qint64 left = limits.requestBytes;
    for (const MethodCall &call : request->calls) {
        const MethodResult resolved = resolveReferences(call.arguments, responses, left);
        const QJsonObject answer = resolved ? *resolved : resolved.error().toJson();
        for (const QString &name : answer.keys()) {
            if (resolved && name.startsWith(u'#') && !call.arguments.contains(u'#' + name))
                std::abort();
        }
        responses.append({call.name, answer, call.callId});
    }
    // What is said is bounded by what was sent and by what references may bring, escaped at worst.
    qint64 said = 0;
    for (const MethodCall &response : responses)
        said += QJsonDocument(response.arguments).toJson(QJsonDocument::Compact).size();
    if (said > 8 * (limits.requestBytes + qint64(size)) + 1000 * limits.callsInRequest)
        std::abort();
    return 0;
}
