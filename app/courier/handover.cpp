// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/handover.h"

#include "courier/secretstore.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <sodium.h>

namespace Earshot {

namespace {

constexpr auto prefix = "earshot-key:";

struct KeyPair
{
    QByteArray open = QByteArray(crypto_box_PUBLICKEYBYTES, '\0');
    QByteArray hidden = QByteArray(crypto_box_SECRETKEYBYTES, '\0');
};

unsigned char *bytesOf(QByteArray &array)
{
    return reinterpret_cast<unsigned char *>(array.data());
}

const unsigned char *bytesOf(const QByteArray &array)
{
    return reinterpret_cast<const unsigned char *>(array.constData());
}

/// Grown from the key file's key, which itself stays what it is: the key of the secrets file.
Result<KeyPair> pairOf(const QString &keyFile, bool mayMake)
{
    const Result<Secret> key = readKeyFile(keyFile, mayMake);
    if (!key)
        return tl::unexpected(key.error());
    const QByteArray purpose = QByteArrayLiteral("earshot hand-over");
    QByteArray seed(crypto_box_SEEDBYTES, '\0');
    crypto_generichash(bytesOf(seed), size_t(seed.size()), bytesOf(purpose), quint64(purpose.size()),
                       bytesOf(key->reveal()), size_t(key->reveal().size()));
    KeyPair pair;
    crypto_box_seed_keypair(bytesOf(pair.open), bytesOf(pair.hidden), bytesOf(seed));
    return pair;
}

} // namespace

Result<QString> publicKeyOf(const QString &keyFile)
{
    const Result<KeyPair> pair = pairOf(keyFile, true);
    if (!pair)
        return tl::unexpected(pair.error());
    return QString::fromLatin1(prefix + pair->open.toBase64(QByteArray::Base64UrlEncoding));
}

Result<QByteArray> sealSecrets(const QHash<QString, Secret> &secrets, const QString &publicKey)
{
    const QByteArray text = publicKey.trimmed().toLatin1();
    const auto key = QByteArray::fromBase64Encoding(
        text.mid(qsizetype(qstrlen(prefix))), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (sodium_init() < 0 || !text.startsWith(prefix) || !key ||
        key.decoded.size() != qsizetype(crypto_box_PUBLICKEYBYTES))
        return fail(ErrorKind::invalid,
                    QStringLiteral("\"%1\" is not a server's key (earshot-key:...)").arg(publicKey));
    QJsonObject object;
    for (auto secret = secrets.cbegin(); secret != secrets.cend(); ++secret)
        object.insert(secret.key(), QString::fromLatin1(secret->reveal().toBase64()));
    const QByteArray plain = QJsonDocument(object).toJson(QJsonDocument::Compact);
    QByteArray sealed(plain.size() + qsizetype(crypto_box_SEALBYTES), '\0');
    if (crypto_box_seal(bytesOf(sealed), bytesOf(plain), quint64(plain.size()), bytesOf(key.decoded)) != 0)
        return fail(ErrorKind::invalid, QStringLiteral("nothing can be sealed for this key"));
    return sealed;
}

Result<QHash<QString, Secret>> openSealed(const QByteArray &sealed, const QString &keyFile)
{
    const Result<KeyPair> pair = pairOf(keyFile, false);
    if (!pair)
        return tl::unexpected(pair.error());
    constexpr qsizetype overhead = crypto_box_SEALBYTES;
    QByteArray plain(std::max<qsizetype>(sealed.size() - overhead, 0), '\0');
    const bool isOpen =
        sealed.size() >= overhead && crypto_box_seal_open(bytesOf(plain), bytesOf(sealed), quint64(sealed.size()),
                                                          bytesOf(pair->open), bytesOf(pair->hidden)) == 0;
    if (!isOpen)
        return fail(ErrorKind::invalid, QStringLiteral("it was sealed for another server's key, or was changed"));
    QHash<QString, Secret> secrets;
    const QJsonObject object = QJsonDocument::fromJson(plain).object();
    for (auto secret = object.constBegin(); secret != object.constEnd(); ++secret)
        secrets.insert(secret.key(), Secret(QByteArray::fromBase64(secret.value().toString().toLatin1())));
    return secrets;
}

} // namespace Earshot
