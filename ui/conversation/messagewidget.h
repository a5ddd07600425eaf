// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/conversation/messagelayout.h"

#include <QElapsedTimer>
#include <QWidget>

class QToolButton;

namespace Earshot {

/// One of the timeline's few recycled widgets: draws the item that it is given and hears the pointer on it. Holds no
/// state that has to outlive it: selection and folds belong to the view.
class MessageWidget final : public QWidget
{
    Q_OBJECT

public:
    MessageWidget(MessageLayout::Pictures pictures, QWidget *parent);

    void setItem(const TimelineItem &item, std::shared_ptr<const MessageLayout> layout, const QString &spoken);
    /// Of no message, until setItem(); it stays shown or hidden.
    void clear();
    [[nodiscard]] qint64 key() const { return m_key; }
    [[nodiscard]] const MessageLayout *drawing() const { return m_layout.get(); }
    void setCurrent(bool isCurrent);
    void setSelection(MessageLayout::Range selection);
    [[nodiscard]] MessageLayout::Range selection() const { return m_selection; }
    /// Where the keyboard is in the text; -1 = not here.
    void setCaret(int position);
    [[nodiscard]] int caret() const { return m_caret; }
    /// The link on which the keyboard is; empty = on none.
    void setLink(MessageLayout::Range link);
    [[nodiscard]] MessageLayout::Range link() const { return m_link; }
    /// What can be pressed on it, from the first to the last.
    [[nodiscard]] QList<QWidget *> buttons() const;

Q_SIGNALS:
    // Of the left button; places are the parent's: this widget may show another item before the button comes up.

    /// @param clicks 1; 2 and 3 = quickly behind another. @param isExtending Shift is held
    void pressed(QPoint place, int clicks, bool isExtending);
    void dragged(QPoint place);
    void released();
    /// Somebody who reads by a program wants this selected.
    void selected(qint64 key, MessageLayout::Range range);
    /// The same for where the keyboard is in the text.
    void caretWanted(qint64 key, int position);
    void linkActivated(const QUrl &url);
    /// A picture was clicked.
    void pictureActivated(qint64 key, const QString &hash);
    void actionTriggered(qint64 key, MessageAction action);
    /// @param link on which it was asked for; empty = on none
    void menuRequested(qint64 key, QPoint global, const QUrl &link);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void showToolTip(QPoint place, QPoint global);
    void placeButtons(const TimelineItem &item);

    MessageLayout::Pictures m_pictures;
    std::shared_ptr<const MessageLayout> m_layout;
    QList<QToolButton *> m_buttons;
    qint64 m_key = 0;
    MessageLayout::Range m_selection;
    qint64 m_pressed = 0;    ///< the item on which the pointer went down
    int m_pressedAt = -1;    ///< where in its text
    bool m_hasDrawn = false; ///< it moved since
    QElapsedTimer m_doubled; ///< since a double click
    QPoint m_doubledAt;
    int m_caret = -1;
    MessageLayout::Range m_link;
    bool m_isCurrent = false;
};

} // namespace Earshot
