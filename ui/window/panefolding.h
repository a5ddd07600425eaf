// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

class QSplitter;
class QWidget;

namespace Earshot {

/// Which of the three panes are on screen. Where there is no room for all, it is the one that has the keyboard, with as
/// many neighbours as fit: first the views fold away, then list and conversation take turns. Whoever gives a pane the
/// keyboard shows it by that. Lives as long as its window.
class PaneFolding final : public QObject
{
    Q_OBJECT

public:
    enum class Pane { views, list, conversation };

    PaneFolding(QSplitter &splitter, QWidget &views, QWidget &list, QWidget &conversation, QObject *parent);

    /// As if it had the keyboard.
    void bring(Pane pane);
    /// The pane that this is in, so that it can take the keyboard: what is hidden takes none.
    void bringFor(const QWidget *widget);
    /// The views come only when they are asked for.
    [[nodiscard]] bool areViewsFolded() const { return m_room != Room::forAll; }
    /// A conversation stands where the list was.
    [[nodiscard]] bool isListFolded() const { return isSingle() && m_front == Pane::conversation; }
    /// One pane at a time.
    [[nodiscard]] bool isSingle() const { return m_room == Room::forOne; }
    /// As all three panes share the width when they are there.
    [[nodiscard]] QByteArray state() const;
    [[nodiscard]] bool restore(const QByteArray &state);

Q_SIGNALS:
    /// Which panes there are is another.
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Room { forAll, forTwo, forOne };
    [[nodiscard]] Room roomIn(int width) const;
    [[nodiscard]] int readableWidth() const;
    void fit();
    void share();
    void show();

    QSplitter &m_splitter;
    QWidget &m_views;
    QWidget &m_list;
    QWidget &m_conversation;
    Room m_room = Room::forAll;
    Pane m_front = Pane::list;
    QByteArray m_whole; ///< of all three panes, while they are not all there
};

} // namespace Earshot
