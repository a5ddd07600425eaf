// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "desk/journalnews.h"
#include "ui/shell/notifications.h"

#include <QTimer>

namespace Earshot {

/// Finds in the journal what a person wants to hear of: what others assigned to me, notes that mention me, what I sent
/// and did not go out or was taken back. Nothing that happened before it began, and nothing that I did myself.
class NoticeWatch final : public QObject
{
    Q_OBJECT

public:
    /// The desk outlives this.
    explicit NoticeWatch(Desk &desk, QObject *parent = nullptr);

Q_SIGNALS:
    void noticed(const Earshot::Notifications::Notice &notice);

private:
    void read();
    [[nodiscard]] static Notifications::Notice noticeOf(const JournalNews::Line &line);

    Desk &m_desk;
    QTimer m_soon;
    qint64 m_last = -1;      ///< journal line; -1 = not read yet
    QList<qint64> m_waiting; ///< lines that could not be told yet
    bool m_isReading = false;
    bool m_isDirty = false;
};

} // namespace Earshot
