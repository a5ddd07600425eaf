// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/parting.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

namespace Earshot {

namespace {

/// As the server keeps it: BLAKE2b-256 of what stands after "earshot_ID_", hex.
QString hashOfToken(const Secret &token)
{
    const QByteArray secret =
        QByteArray::fromBase64(token.reveal().mid(token.reveal().indexOf('_', 8) + 1), QByteArray::Base64UrlEncoding);
    return QString::fromLatin1(QCryptographicHash::hash(secret, QCryptographicHash::Blake2b_256).toHex());
}

QString proofOf(const QString &said, const QString &hash)
{
    return QString::fromLatin1(
        QMessageAuthenticationCode::hash(said.toLatin1(), hash.toLatin1(), QCryptographicHash::Sha256).toHex());
}

bool isToken(const Secret &token)
{
    return token.reveal().startsWith("earshot_");
}

} // namespace

QString partingType(Parting parting)
{
    switch (parting) {
    case Parting::disabled:
        return QStringLiteral("urn:earshot:problem:agentDisabled");
    case Parting::erase:
        return QStringLiteral("urn:earshot:problem:eraseDevice");
    case Parting::none:
        break;
    }
    return {};
}

QString partingProof(Parting parting, const QString &hash)
{
    return proofOf(partingType(parting), hash);
}

Parting partingIn(const QJsonObject &problem, const Secret &token)
{
    const QString type = problem.value(QLatin1StringView("type")).toString();
    for (const Parting parting : {Parting::disabled, Parting::erase}) {
        if (type != partingType(parting) || !isToken(token))
            continue;
        const QString proof = problem.value(QLatin1StringView("proof")).toString();
        return proof == partingProof(parting, hashOfToken(token)) ? parting : Parting::none;
    }
    return Parting::none;
}

QString tokenIdOf(const Secret &token)
{
    const QByteArray &text = token.reveal();
    return isToken(token) ? QString::fromLatin1(text.mid(8, text.indexOf('_', 8) - 8)) : QString();
}

QString erasedProof(const QString &hash)
{
    return proofOf(QStringLiteral("urn:earshot:erased"), hash);
}

QString erasedProofOf(const Secret &token)
{
    return isToken(token) ? erasedProof(hashOfToken(token)) : QString();
}

} // namespace Earshot
