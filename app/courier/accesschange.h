// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/accountstore.h"

#include <QJsonObject>

namespace Earshot {

/// A change to who may come in over the wire, as a command hands it to the process that owns the workspace. Holds no
/// secret: passwords and tokens are hashed where they were given.
struct AccessChange
{
    /// The numbers travel. `erase` revokes too.
    enum class Kind { password, token, revoke, erase };

    Kind kind = Kind::password;
    AgentId agent;
    QString hash;    ///< of the password or the token's secret
    QString tokenId; ///< of `token`, `revoke` and `erase`
    QString device;  ///< of `token`: UUID
    QString name;    ///< of `token`: what its owner calls the device
    AgentId by;      ///< who does it, for the log; whoever serves it to others sets it
    QString address; ///< where it comes from; empty = this machine. Never read from what was sent

    bool operator==(const AccessChange &) const = default;
};

[[nodiscard]] QJsonObject toJson(const AccessChange &change);
/// Errors: invalid.
[[nodiscard]] Result<AccessChange> accessChangeFromJson(const QJsonObject &json);

/// Everybody's own: that a device of theirs is in no more.
[[nodiscard]] inline bool takesAccess(const AccessChange &change)
{
    return change.kind == AccessChange::Kind::revoke || change.kind == AccessChange::Kind::erase;
}

/// Carries it out. Errors: notFound (no such agent or token), and those of writing.
[[nodiscard]] Result<bool> storeAccessChange(Writing &writing, const AccessChange &change);

} // namespace Earshot
