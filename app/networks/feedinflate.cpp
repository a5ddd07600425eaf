// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feedinflate.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace Earshot {

namespace {

constexpr int anyHeader = 15 + 32; // zlib.h: gzip or zlib, whichever stands there
constexpr int noHeader = -15;

struct Inflated
{
    QByteArray bytes;
    bool isWhole = false; ///< the end of the compressed data was met
    bool isTooLarge = false;
};

Inflated inflateAs(const QByteArray &body, int header, qsizetype most)
{
    Inflated result;
    z_stream stream{};
    if (inflateInit2(&stream, header) != Z_OK)
        return result;
    QByteArray source = body;
    stream.next_in = reinterpret_cast<Bytef *>(source.data());
    stream.avail_in = uInt(source.size());
    std::array<char, 64 * 1024> part;
    int state = Z_OK;
    while (state == Z_OK && !result.isTooLarge) {
        stream.next_out = reinterpret_cast<Bytef *>(part.data());
        stream.avail_out = uInt(part.size());
        state = inflate(&stream, Z_NO_FLUSH);
        result.bytes.append(part.data(), qsizetype(part.size() - stream.avail_out));
        result.isTooLarge = result.bytes.size() > most;
    }
    result.isWhole = state == Z_STREAM_END;
    inflateEnd(&stream);
    return result;
}

bool hasCompressionHeader(const QByteArray &body)
{
    if (body.startsWith("\x1f\x8b"))
        return true;
    // RFC 1950 2.2: method 8 in a window of 32 KiB, and a check of both bytes.
    return body.size() > 2 && body.at(0) == '\x78' && (0x78 * 256 + uchar(body.at(1))) % 31 == 0;
}

/// Text of any encoding holds none of the bytes below a tab but 0 (UTF-16).
bool isNoText(const QByteArray &body)
{
    const QByteArray start = body.left(1000);
    return std::any_of(start.cbegin(), start.cend(), [](char c) { return c > 0 && c < '\t'; });
}

} // namespace

bool mayBeCompressed(const QByteArray &body)
{
    return hasCompressionHeader(body) || isNoText(body);
}

Result<QByteArray> inflated(const QByteArray &body, qsizetype most)
{
    const bool hasHeader = hasCompressionHeader(body);
    if (!hasHeader && !isNoText(body))
        return body;
    const Inflated result = inflateAs(body, hasHeader ? anyHeader : noHeader, most);
    if (result.isTooLarge)
        return fail(ErrorKind::tooLarge, QStringLiteral("more than %1 bytes").arg(most));
    // Almost anything is the beginning of bare deflate data: only what ends as it should is some.
    const bool isSome = hasHeader ? !result.bytes.isEmpty() : result.isWhole;
    return isSome ? result.bytes : body;
}

} // namespace Earshot
