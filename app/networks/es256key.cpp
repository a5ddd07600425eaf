// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/es256key.h"

#include "networks/jsonvalues.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

namespace Earshot {

namespace {

constexpr int numberSize = 32; // of a coordinate, of r and of s

template <auto free>
struct Freeing
{
    template <class T>
    void operator()(T *pointer) const
    {
        free(pointer);
    }
};
using KeyPointer = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freeing<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freeing<EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Freeing<BN_clear_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freeing<ECDSA_SIG_free>>;

EVP_PKEY *keyOf(const std::shared_ptr<void> &key)
{
    return static_cast<EVP_PKEY *>(key.get());
}

std::shared_ptr<void> shared(EVP_PKEY *key)
{
    return key ? std::shared_ptr<void>(key, Freeing<EVP_PKEY_free>()) : std::shared_ptr<void>();
}

unsigned char *bytesOf(QByteArray &array)
{
    return reinterpret_cast<unsigned char *>(array.data());
}

const unsigned char *bytesOf(const QByteArray &array)
{
    return reinterpret_cast<const unsigned char *>(array.constData());
}

/// A number as 32 bytes; empty when it needs more.
QByteArray fixed(const BIGNUM *number)
{
    QByteArray bytes(numberSize, '\0');
    return number && BN_bn2binpad(number, bytesOf(bytes), numberSize) == numberSize ? bytes : QByteArray();
}

QByteArray coordinate(const EVP_PKEY *key, const char *name)
{
    BIGNUM *number = nullptr;
    EVP_PKEY_get_bn_param(key, name, &number);
    return fixed(Number(number).get());
}

KeyPointer publicKeyOf(const QByteArray &x, const QByteArray &y)
{
    if (x.size() != numberSize || y.size() != numberSize)
        return {};
    QByteArray point = '\x04' + x + y; // SEC 1, 2.3.3: uncompressed
    QByteArray curve = QByteArrayLiteral("P-256");
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, curve.data(), 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), size_t(point.size())),
        OSSL_PARAM_construct_end()};
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY *key = nullptr;
    if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
        return {};
    return KeyPointer(key);
}

} // namespace

Es256Key Es256Key::generate()
{
    Es256Key made;
    made.m_key = shared(EVP_EC_gen("P-256"));
    return made;
}

Es256Key Es256Key::from(const Secret &privateKey)
{
    Es256Key read;
    const QByteArray der = QByteArray::fromBase64(privateKey.reveal());
    const unsigned char *at = bytesOf(der);
    std::shared_ptr<void> key = shared(d2i_PrivateKey(EVP_PKEY_EC, nullptr, &at, long(der.size())));
    if (key && !coordinate(keyOf(key), OSSL_PKEY_PARAM_EC_PUB_X).isEmpty() && EVP_PKEY_get_bits(keyOf(key)) == 256)
        read.m_key = std::move(key);
    return read;
}

Secret Es256Key::privateKey() const
{
    unsigned char *bytes = nullptr;
    const int size = m_key ? i2d_PrivateKey(keyOf(m_key), &bytes) : 0;
    Secret secret;
    if (size > 0)
        secret = Secret(QByteArray(reinterpret_cast<const char *>(bytes), size).toBase64());
    OPENSSL_clear_free(bytes, size_t(std::max(size, 0)));
    return secret;
}

QJsonObject Es256Key::publicKey() const
{
    if (!m_key)
        return {};
    const auto part = [this](const char *name) { return QString::fromLatin1(urlSafe(coordinate(keyOf(m_key), name))); };
    return {{QStringLiteral("crv"), QStringLiteral("P-256")},
            {QStringLiteral("kty"), QStringLiteral("EC")},
            {QStringLiteral("x"), part(OSSL_PKEY_PARAM_EC_PUB_X)},
            {QStringLiteral("y"), part(OSSL_PKEY_PARAM_EC_PUB_Y)}};
}

QByteArray Es256Key::sign(const QByteArray &text) const
{
    const DigestContext context(EVP_MD_CTX_new());
    size_t size = 0;
    if (!m_key || !context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, keyOf(m_key)) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, bytesOf(text), size_t(text.size())) != 1)
        return {};
    QByteArray der(qsizetype(size), '\0');
    if (EVP_DigestSign(context.get(), bytesOf(der), &size, bytesOf(text), size_t(text.size())) != 1)
        return {};
    // The library writes DER; a web token has the two numbers alone.
    const unsigned char *at = bytesOf(std::as_const(der));
    const Signature signature(d2i_ECDSA_SIG(nullptr, &at, long(size)));
    return signature ? fixed(ECDSA_SIG_get0_r(signature.get())) + fixed(ECDSA_SIG_get0_s(signature.get()))
                     : QByteArray();
}

bool isSignedBy(const QJsonObject &publicKey, const QByteArray &text, const QByteArray &signature)
{
    const auto part = [&publicKey](const char *name) {
        return QByteArray::fromBase64(textOf(publicKey, name).toLatin1(), QByteArray::Base64UrlEncoding);
    };
    const KeyPointer key = publicKeyOf(part("x"), part("y"));
    const Signature numbers(ECDSA_SIG_new());
    if (!key || !numbers || signature.size() != 2 * numberSize)
        return false;
    Number r(BN_bin2bn(bytesOf(signature), numberSize, nullptr));
    Number s(BN_bin2bn(bytesOf(signature) + numberSize, numberSize, nullptr));
    if (!r || !s || ECDSA_SIG_set0(numbers.get(), r.get(), s.get()) != 1)
        return false;
    static_cast<void>(r.release());
    static_cast<void>(s.release());
    unsigned char *der = nullptr;
    const int size = i2d_ECDSA_SIG(numbers.get(), &der);
    const DigestContext context(EVP_MD_CTX_new());
    const bool isRight = size > 0 && context &&
                         EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
                         EVP_DigestVerify(context.get(), der, size_t(size), bytesOf(text), size_t(text.size())) == 1;
    OPENSSL_free(der);
    return isRight;
}

} // namespace Earshot
