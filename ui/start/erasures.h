// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/erasing.h"

#include <memory>
#include <vector>

namespace Earshot {

class Keyring;

/// Erases replicas that may no longer be here, and goes on with what an earlier run was ended in the middle of.
class Erasures final : public QObject
{
    Q_OBJECT

public:
    Erasures(Keyring &keyring, const Clock &clock);

    /// What was begun (beginErasure()); nobody has it open.
    void erase(const QString &file);
    /// What was begun where workspaces of this desktop lie, and what servers have not heard of.
    /// @param file but not this one
    void carryOn(const QString &file);

Q_SIGNALS:
    /// The one of erase(). @param left what could not be deleted; empty = nothing
    void erased(const QString &left);

private:
    Keyring &m_keyring;
    const Clock &m_clock;
    std::vector<std::unique_ptr<Erasing>> m_erasing;
    std::vector<std::unique_ptr<ErasedReporting>> m_reporting;
};

} // namespace Earshot
