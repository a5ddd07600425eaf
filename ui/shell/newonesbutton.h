// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>
#include <QToolButton>

namespace Earshot {

/// What waits above a list in which somebody reads: it comes in when this is pressed. Not to be seen while nothing
/// waits. Lives on the GUI thread.
class NewOnesButton final : public QToolButton
{
    Q_OBJECT

public:
    explicit NewOnesButton(QWidget *parent = nullptr);
    /// @param deed what pressing it does, in words; its text is its owner's
    void showWaiting(int count, const QString &deed, bool isShown);

Q_SIGNALS:
    /// Who cannot see it was told what it does.
    void announced(const QString &text);

private:
    void announceNews();

    QTimer m_mayAnnounce; ///< running = something was announced a moment ago
    int m_waiting = 0;
    int m_announced = 0; ///< of those that wait
};

} // namespace Earshot
