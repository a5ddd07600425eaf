// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/authorities.h"

#include <QFile>
#include <QSslCertificate>

namespace Earshot {

namespace {

constexpr qint64 longest = 4 * 1024 * 1024;

} // namespace

Result<QSslConfiguration> trustingAuthorities(const QByteArray &pem)
{
    const QList<QSslCertificate> certificates = QSslCertificate::fromData(pem, QSsl::Pem);
    if (certificates.isEmpty())
        return fail(ErrorKind::invalid, QStringLiteral("there is no certificate (PEM) in it"));
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.addCaCertificates(certificates);
    return configuration;
}

Done trustAuthorities(const QByteArray &pem)
{
    const auto configuration = trustingAuthorities(pem);
    if (!configuration)
        return tl::unexpected(configuration.error());
    QSslConfiguration::setDefaultConfiguration(*configuration);
    return {};
}

Result<QByteArray> readAuthorities(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return fail(ErrorKind::notFound, path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::io, path + QStringLiteral(": ") + file.errorString());
    const QByteArray bytes = file.read(longest + 1);
    if (bytes.size() > longest)
        return fail(ErrorKind::tooLarge, path);
    return bytes;
}

} // namespace Earshot
