// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feedencoding.h"

#include <QRegularExpression>
#include <QStringDecoder>

#include <iconv.h>

#include <array>
#include <cerrno>
#include <optional>

namespace Earshot {

namespace {

constexpr std::array<char16_t, 32> WINDOWS_1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

/// How many bytes the UTF-8 sequence at `at` has; 0 when there is no sound one.
qsizetype sequenceLength(const QByteArray &body, qsizetype at)
{
    const auto byteAt = [&body](qsizetype i) { return i < body.size() ? uchar(body.at(i)) : uchar(0); };
    const auto isTail = [&](qsizetype i) { return (byteAt(i) & 0xC0) == 0x80; };
    const uchar first = byteAt(at);
    const uchar second = byteAt(at + 1);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return isTail(at + 1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool isOverlong = first == 0xE0 && second < 0xA0;
        const bool isSurrogate = first == 0xED && second >= 0xA0;
        return isTail(at + 1) && isTail(at + 2) && !isOverlong && !isSurrogate ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool isOutside = (first == 0xF0 && second < 0x90) || (first == 0xF4 && second >= 0x90);
        return isTail(at + 1) && isTail(at + 2) && isTail(at + 3) && !isOutside ? 4 : 0;
    }
    return 0;
}

bool isSoundUtf8(const QByteArray &body)
{
    for (qsizetype at = 0; at < body.size();) {
        const qsizetype length = sequenceLength(body, at);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

QString repairedUtf8(const QByteArray &body)
{
    QString text;
    text.reserve(body.size());
    qsizetype soundFrom = 0;
    for (qsizetype at = 0; at < body.size();) {
        const qsizetype length = sequenceLength(body, at);
        if (length == 0) {
            text += QString::fromUtf8(body.constData() + soundFrom, at - soundFrom);
            text += QChar(fromWindows1252(uchar(body.at(at))));
            soundFrom = at + 1;
        }
        at += qMax<qsizetype>(length, 1);
    }
    return text + QString::fromUtf8(body.constData() + soundFrom, body.size() - soundFrom);
}

QString fromSingleBytes(const QByteArray &body)
{
    QString text(body.size(), Qt::Uninitialized);
    for (qsizetype i = 0; i < body.size(); ++i)
        text[i] = QChar(fromWindows1252(uchar(body.at(i))));
    return text;
}

/// Through the C library's tables: every other encoding there is. Nothing when it does not know the name.
std::optional<QString> fromNamed(const QByteArray &body, const QByteArray &name)
{
    iconv_t const converter = iconv_open("UTF-16LE", name.constData());
    if (converter == iconv_t(-1)) // NOLINT: the C interface's way to say so
        return std::nullopt;
    QByteArray source = body;
    char *in = source.data();
    auto inLeft = size_t(source.size());
    QString text;
    std::array<char16_t, 4096> buffer;
    while (inLeft > 0) {
        auto *out = reinterpret_cast<char *>(buffer.data());
        size_t outLeft = sizeof buffer;
        const size_t converted = iconv(converter, &in, &inLeft, &out, &outLeft);
        const int error = errno;
        text += QStringView(buffer.data(), qsizetype((sizeof buffer - outLeft) / sizeof(char16_t)));
        if (converted != size_t(-1) || error == E2BIG)
            continue;
        text += QChar(QChar::ReplacementCharacter);
        if (error != EILSEQ)
            break;
        ++in;
        --inLeft;
    }
    iconv_close(converter);
    return text;
}

std::optional<QStringConverter::Encoding> wideEncoding(const QByteArray &body)
{
    if (const auto marked = QStringConverter::encodingForData(body))
        return marked;
    // Without a mark: "<" or "{" as a 16-bit unit, which no other encoding begins with.
    if (body.size() < 4)
        return std::nullopt;
    const auto isStart = [](char c) { return c == '<' || c == '{'; };
    if (isStart(body.at(0)) && body.at(1) == 0)
        return body.at(2) == 0 ? QStringConverter::Utf32LE : QStringConverter::Utf16LE;
    if (body.at(0) == 0 && isStart(body.at(1)))
        return QStringConverter::Utf16BE;
    return std::nullopt;
}

QByteArray declaredName(const QByteArray &body, const QByteArray &contentType)
{
    static const QRegularExpression inType(QStringLiteral("charset\\s*=\\s*[\"']?([A-Za-z0-9_.:-]{2,40})"),
                                           QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression inDocument(
        QStringLiteral("<\\?xml[^>]{0,200}?encoding\\s*=\\s*[\"']([A-Za-z0-9_.:-]{2,40})"
                       "|<meta[^>]{0,200}?charset\\s*=\\s*[\"']?([A-Za-z0-9_.:-]{2,40})"),
        QRegularExpression::CaseInsensitiveOption);
    const auto typeMatch = inType.match(QString::fromLatin1(contentType.left(1000)));
    if (typeMatch.hasMatch())
        return typeMatch.captured(1).toLower().toLatin1();
    const auto match = inDocument.match(QString::fromLatin1(body.left(4096)));
    return (match.captured(1) + match.captured(2)).toLower().toLatin1();
}

} // namespace

char16_t fromWindows1252(uchar byte)
{
    return byte >= 0x80 && byte < 0xA0 ? WINDOWS_1252.at(byte - 0x80U) : char16_t(byte);
}

QString decodeDocument(const QByteArray &body, const QByteArray &contentType)
{
    const auto wide = wideEncoding(body);
    if (wide && *wide != QStringConverter::Utf8)
        return QStringDecoder(*wide).decode(body);
    if (wide)
        return repairedUtf8(body.startsWith("\xEF\xBB\xBF") ? body.mid(3) : body);

    const QByteArray name = declaredName(body, contentType);
    static const QList<QByteArray> latin = {"iso-8859-1", "iso8859-1", "latin1",       "latin-1", "l1",
                                            "us-ascii",   "ascii",     "windows-1252", "cp1252",  "ansi"};
    // A declared UTF-16 that got here has single bytes: somebody converted the document and left the declaration.
    if (name.isEmpty() || name.startsWith("utf") || name.startsWith("ucs") || name.startsWith("unicode"))
        return repairedUtf8(body);
    if (latin.contains(name))
        return isSoundUtf8(body) ? QString::fromUtf8(body) : fromSingleBytes(body);
    if (auto text = fromNamed(body, name))
        return *text;
    return repairedUtf8(body);
}

} // namespace Earshot
