// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QUrlQuery>

#include <tl/expected.hpp>

#include <utility>

namespace Earshot {

/// The request line and the header of an HTTP/1.1 request (RFC 9112), understood.
struct HttpHead
{
    QByteArray method;
    QString path; ///< decoded; begins with '/'
    QUrlQuery query;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case, values trimmed
    qint64 contentLength = 0;
    bool keepsAlive = true;
    bool expectsContinue = false;

    /// The value of a header that occurs once; empty when it does not, or more than once.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
    [[nodiscard]] bool has(QByteArrayView name) const;
    /// A WebSocket's handshake.
    [[nodiscard]] bool isUpgrade() const;
};

/// Strict, as whatever is read in two ways can be smuggled past a proxy: lines end with CRLF, names are tokens, values
/// hold no control characters, one Host, at most one Content-Length of digits, no Transfer-Encoding.
/// @param head up to and with the empty line
/// Errors: the HTTP status to refuse it with.
[[nodiscard]] tl::expected<HttpHead, int> parseHead(const QByteArray &head);

/// The status line's words: "Not Found".
[[nodiscard]] QByteArray reasonPhrase(int status);

} // namespace Earshot
