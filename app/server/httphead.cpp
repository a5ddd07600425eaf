// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/httphead.h"

#include <QUrl>

#include <algorithm>
#include <array>

namespace Earshot {

namespace {

constexpr qsizetype mostHeaders = 100;

bool isTokenCharacter(char c)
{
    const bool isLetterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return isLetterOrDigit || (c != '\0' && QByteArrayView("!#$%&'*+-.^_`|~").contains(c));
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

bool isValue(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return (c >= ' ' && c != 0x7f) || c == '\t' || c < 0; });
}

/// "/a%20b?c=d" only: neither a whole address nor "*".
bool readTarget(const QByteArray &target, HttpHead &head)
{
    const bool isPlain = std::all_of(target.cbegin(), target.cend(), [](char c) { return c > ' ' && c < 0x7f; });
    if (!target.startsWith('/') || !isPlain || target.contains('#'))
        return false;
    const qsizetype question = target.indexOf('?');
    const QByteArray path = QByteArray::fromPercentEncoding(target.left(question < 0 ? target.size() : question));
    head.path = QString::fromUtf8(path);
    if (head.path.toUtf8() != path || path.contains('\0'))
        return false;
    if (question >= 0)
        head.query = QUrlQuery(QString::fromLatin1(target.mid(question + 1)));
    return true;
}

int readRequestLine(const QByteArray &line, HttpHead &head)
{
    const QList<QByteArray> parts = line.split(' ');
    if (parts.size() != 3 || !isToken(parts[0]))
        return 400;
    if (parts[2] != "HTTP/1.1" && parts[2] != "HTTP/1.0")
        return parts[2].startsWith("HTTP/") ? 505 : 400;
    head.method = parts[0];
    head.keepsAlive = parts[2] == "HTTP/1.1";
    return readTarget(parts[1], head) ? 0 : 400;
}

int readHeader(const QByteArray &line, HttpHead &head)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0)
        return 400;
    const QByteArray value = line.mid(colon + 1).trimmed();
    if (!isToken(QByteArrayView(line).first(colon)) || !isValue(value))
        return 400;
    if (head.headers.size() == mostHeaders)
        return 431;
    head.headers.append({line.left(colon).toLower(), value});
    return 0;
}

int countOf(const HttpHead &head, QByteArrayView name)
{
    return int(std::count_if(head.headers.cbegin(), head.headers.cend(),
                             [name](const auto &header) { return header.first == name; }));
}

bool hasWord(const QByteArray &list, QByteArrayView word)
{
    const QList<QByteArray> words = list.toLower().split(',');
    return std::any_of(words.cbegin(), words.cend(), [word](const QByteArray &one) { return one.trimmed() == word; });
}

/// What the headers mean for the message's framing. @return 0, or the status to refuse it with
int understand(HttpHead &head)
{
    if (countOf(head, "host") != 1)
        return 400;
    if (head.has("transfer-encoding"))
        return countOf(head, "content-length") > 0 ? 400 : 411;
    if (const int lengths = countOf(head, "content-length"); lengths > 0) {
        const QByteArray length = head.header("content-length");
        const bool isNumber = !length.isEmpty() && length.size() <= 15 &&
                              std::all_of(length.cbegin(), length.cend(), [](char c) { return c >= '0' && c <= '9'; });
        if (lengths > 1 || !isNumber)
            return 400;
        head.contentLength = length.toLongLong();
    }
    const QByteArray connection = head.header("connection");
    if (hasWord(connection, "close"))
        head.keepsAlive = false;
    if (head.has("expect")) {
        if (head.header("expect").toLower() != "100-continue")
            return 417;
        head.expectsContinue = head.contentLength > 0;
    }
    return 0;
}

} // namespace

QByteArray HttpHead::header(QByteArrayView name) const
{
    const auto isIt = [name](const auto &header) { return header.first == name; };
    const auto found = std::find_if(headers.cbegin(), headers.cend(), isIt);
    if (found == headers.cend() || std::find_if(std::next(found), headers.cend(), isIt) != headers.cend())
        return {};
    return found->second;
}

bool HttpHead::has(QByteArrayView name) const
{
    return countOf(*this, name) > 0;
}

bool HttpHead::isUpgrade() const
{
    return method == "GET" && header("upgrade").toLower() == "websocket" && hasWord(header("connection"), "upgrade");
}

tl::expected<HttpHead, int> parseHead(const QByteArray &head)
{
    if (!head.endsWith("\r\n\r\n"))
        return tl::unexpected(400);
    HttpHead result;
    qsizetype start = 0;
    for (qsizetype end = head.indexOf("\r\n"); end > start; end = head.indexOf("\r\n", start)) {
        const QByteArray line = head.mid(start, end - start);
        if (line.contains('\r') || line.contains('\n'))
            return tl::unexpected(400);
        if (const int status = start == 0 ? readRequestLine(line, result) : readHeader(line, result))
            return tl::unexpected(status);
        start = end + 2;
    }
    if (start == 0 || start + 2 != head.size())
        return tl::unexpected(400);
    if (const int status = understand(result))
        return tl::unexpected(status);
    return result;
}

QByteArray reasonPhrase(int status)
{
    struct Phrase
    {
        int status;
        const char *text;
    };
    static constexpr auto phrases = std::to_array<Phrase>({{200, "OK"},
                                                           {201, "Created"},
                                                           {204, "No Content"},
                                                           {206, "Partial Content"},
                                                           {400, "Bad Request"},
                                                           {401, "Unauthorized"},
                                                           {403, "Forbidden"},
                                                           {404, "Not Found"},
                                                           {405, "Method Not Allowed"},
                                                           {408, "Request Timeout"},
                                                           {411, "Length Required"},
                                                           {413, "Content Too Large"},
                                                           {415, "Unsupported Media Type"},
                                                           {416, "Range Not Satisfiable"},
                                                           {417, "Expectation Failed"},
                                                           {429, "Too Many Requests"},
                                                           {431, "Request Header Fields Too Large"},
                                                           {500, "Internal Server Error"},
                                                           {503, "Service Unavailable"},
                                                           {505, "HTTP Version Not Supported"}});
    const auto found = std::find_if(phrases.begin(), phrases.end(),
                                    [status](const Phrase &phrase) { return phrase.status == status; });
    return found == phrases.end() ? QByteArray("Unknown") : QByteArray(found->text);
}

} // namespace Earshot
