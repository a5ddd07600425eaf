// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"

#include <QSet>
#include <QTimer>

namespace Earshot {

/// Which conversations show what was done here and the server of a shared workspace has not answered yet. What it
/// answers within a second has no sign, so that nothing flickers; while the server is not reached each has one at once.
/// Lives on the GUI thread; the desk outlives it.
class AheadSigns final : public QObject
{
    Q_OBJECT

public:
    explicit AheadSigns(const Desk &desk, QObject *parent = nullptr);

    [[nodiscard]] bool isAhead(ConversationId conversation) const { return m_shown.contains(conversation); }
    /// "waiting for the server".
    [[nodiscard]] static QString words();

Q_SIGNALS:
    /// isAhead() of these is another.
    void changed(const QSet<Earshot::ConversationId> &conversations);

private:
    void update();
    void show(const QSet<ConversationId> &ahead);

    const Desk &m_desk;
    QSet<ConversationId> m_shown;
    QTimer m_soon;
};

} // namespace Earshot
