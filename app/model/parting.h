// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/secret.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace Earshot {

/// What a server says to a device whose token was good once: what is kept there may no longer be there.
enum class Parting {
    none,
    disabled, ///< its agent may see nothing any more: what came from the server goes
    erase,    ///< this device was told to erase all that it keeps
};

/// The problem's `type` (app/server/PROTOCOL.md); empty for `none`.
[[nodiscard]] QString partingType(Parting parting);
/// Only who knows the hash of the device's secret can say it: HMAC-SHA256 of the type, hex.
/// @param hash of the token's secret, hex, as the server keeps it
[[nodiscard]] QString partingProof(Parting parting, const QString &hash);
/// What a refusal (401) says to the device with this token. Anything that does not prove itself says `none`: nothing is
/// erased at a stranger's word.
[[nodiscard]] Parting partingIn(const QJsonObject &problem, const Secret &token);

/// A token's id, by which its server knows it: no secret. Empty = it is none of a server's.
[[nodiscard]] QString tokenIdOf(const Secret &token);
/// What a device keeps of its token until its server has heard that it erased all else: HMAC-SHA256 of
/// "urn:earshot:erased", hex. Whoever has it can say that, and nothing else.
/// @param hash as above
[[nodiscard]] QString erasedProof(const QString &hash);
[[nodiscard]] QString erasedProofOf(const Secret &token);

} // namespace Earshot
