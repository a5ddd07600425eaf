// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/credentials.h"

#include <sodium.h>

#include <array>

namespace Earshot {

namespace {

constexpr qsizetype idLength = 16;
constexpr qsizetype secretBytes = 32;
constexpr QByteArray::Base64Options encoding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QString hashOfSecret(const QByteArray &secret)
{
    std::array<unsigned char, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char *>(secret.constData()),
                       static_cast<unsigned long long>(secret.size()), nullptr, 0);
    return QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(hash.data()), qsizetype(hash.size())).toHex());
}

QByteArray randomBytes(qsizetype count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    randombytes_buf(bytes.data(), size_t(count));
    return bytes;
}

} // namespace

void prepareCredentials()
{
    static const int ready = sodium_init();
    Q_ASSERT(ready >= 0);
    static_cast<void>(ready);
}

QString hashPassword(const Secret &password)
{
    prepareCredentials();
    std::array<char, crypto_pwhash_STRBYTES> text{};
    const QByteArray &plain = password.reveal();
    const int failed = crypto_pwhash_str_alg(
        text.data(), plain.constData(), static_cast<unsigned long long>(plain.size()),
        crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
    return failed ? QString() : QString::fromLatin1(text.data());
}

bool passwordFits(const Secret &password, const QString &hashed)
{
    prepareCredentials();
    // Made once: whoever is not known costs as much as who is.
    static const QByteArray nobody = hashPassword(Secret(randomBytes(secretBytes))).toLatin1();
    const QByteArray known = hashed.isEmpty() ? nobody : hashed.toLatin1();
    const QByteArray &plain = password.reveal();
    const bool fits = crypto_pwhash_str_verify(known.constData(), plain.constData(),
                                               static_cast<unsigned long long>(plain.size())) == 0;
    return fits && !hashed.isEmpty();
}

NewToken makeToken()
{
    prepareCredentials();
    const QByteArray id = randomBytes(idLength / 2).toHex();
    const QByteArray secret = randomBytes(secretBytes);
    return {{QString::fromLatin1(id), hashOfSecret(secret)}, Secret("earshot_" + id + '_' + secret.toBase64(encoding))};
}

std::optional<TokenText> parseToken(const QByteArray &text)
{
    constexpr qsizetype start = 8 + idLength + 1;
    if (text.size() > 128 || text.size() <= start || !text.startsWith("earshot_") || text[start - 1] != '_')
        return std::nullopt;
    const auto decoded =
        QByteArray::fromBase64Encoding(text.mid(start), encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() != secretBytes)
        return std::nullopt;
    prepareCredentials();
    return TokenText{QString::fromLatin1(text.mid(8, idLength)), hashOfSecret(decoded.decoded)};
}

QByteArray makeKey()
{
    prepareCredentials();
    return randomBytes(crypto_shorthash_KEYBYTES);
}

quint64 markOf(const QByteArray &secret, const QByteArray &key)
{
    quint64 mark = 0;
    static_assert(sizeof(mark) == crypto_shorthash_BYTES);
    crypto_shorthash(
        reinterpret_cast<unsigned char *>(&mark), reinterpret_cast<const unsigned char *>(secret.constData()),
        static_cast<unsigned long long>(secret.size()), reinterpret_cast<const unsigned char *>(key.constData()));
    return mark;
}

bool hashesEqual(const QString &one, const QString &other)
{
    const QByteArray a = one.toLatin1();
    const QByteArray b = other.toLatin1();
    return a.size() == b.size() && !a.isEmpty() && sodium_memcmp(a.constData(), b.constData(), size_t(a.size())) == 0;
}

} // namespace Earshot
