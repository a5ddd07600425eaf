// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"

#include <QFrame>
#include <QTimer>

class QLineEdit;
class QToolButton;

namespace Earshot {

class ConversationPane;
class PlainLabel;

/// Searches within the conversation that is shown, also what was not read yet: what matches is marked, and one goes
/// from message to message. Lives in its pane; hidden until opened.
class FindBar final : public QFrame
{
    Q_OBJECT

public:
    FindBar(Desk &desk, ConversationPane &pane);
    void open();
    /// Another conversation is shown: there is nothing to find any more.
    void leave();
    /// To the next found message, or the one before; round at the ends.
    void step(int by);
    [[nodiscard]] bool isOpen() const { return !isHidden(); }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void search();
    void take(const QList<MessageId> &found);
    void showPlace();

    Desk &m_desk;
    ConversationPane &m_pane;
    QLineEdit *m_field;
    PlainLabel *m_place;
    QTimer m_soon;
    QList<MessageId> m_found;
    QString m_trouble; ///< why nothing was searched
    qsizetype m_at = -1;
    quint64 m_asked = 0;
};

} // namespace Earshot
