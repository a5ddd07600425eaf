// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/conversation/messagelayout.h"

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
    void clear();
    [[nodiscard]] qint64 key() const { return m_key; }
    [[nodiscard]] const MessageLayout *drawing() const { return m_layout.get(); }
    void setCurrent(bool isCurrent);
    void setSelection(MessageLayout::Range selection);
    [[nodiscard]] MessageLayout::Range selection() const { return m_selection; }
    /// Where the keyboard is in the text; -1 = not here.
    void setCaret(int position);
    [[nodiscard]] int caret() const { return m_caret; }

Q_SIGNALS:
    void pressed(qint64 key);
    /// While the pointer draws a selection over the text.
    void selected(qint64 key, MessageLayout::Range range);
    void linkActivated(const QUrl &url);
    /// A picture was clicked.
    void pictureActivated(qint64 key, const QString &hash);
    void actionTriggered(qint64 key, MessageAction action);
    void menuRequested(qint64 key, QPoint global);

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
    int m_anchor = -1;       ///< where the pointer went down
    bool m_hasDrawn = false; ///< it moved since
    int m_caret = -1;
    bool m_isCurrent = false;
};

} // namespace Earshot
