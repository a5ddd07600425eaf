// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "replica/outboxsender.h"

#include <QMultiHash>

#include <memory>

namespace Earshot {

/// Who waits to hear what became of actions of which nobody knows that (outboxsettling.h). Lives on the thread that
/// made it; workspace and sender outlive it.
class Settlements final : public QObject
{
    Q_OBJECT

public:
    /// @param patience so long somebody waits for the server
    Settlements(Workspace &workspace, OutboxSender &sender, Duration patience, QObject *parent = nullptr);

    /// As Desk::settle(). @param isReached else nobody waits
    [[nodiscard]] QFuture<Result<Settled>> ask(qint64 entry, bool isReached);
    /// The server is away: it is asked later.
    void rest();

private:
    using PendingPointer = std::shared_ptr<Pending<Settled>>;

    void onStored(const QList<qint64> &entries);
    void end(qint64 entry, const Result<Settled> &settled);

    Workspace &m_workspace;
    OutboxSender &m_sender;
    const Duration m_patience;
    QMultiHash<qint64, PendingPointer> m_waiting;
    int m_rests = 0; ///< how often the server went away
};

} // namespace Earshot
