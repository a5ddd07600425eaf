// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPersistentModelIndex>
#include <QTableView>

#include <functional>
#include <optional>

namespace Earshot {

class ConversationListModel;

/// The inbox's list: one column of fixed rows. Tells a screen reader about the rows on screen only: a list of a million
/// has no million accessible children. Lives on the GUI thread with its pane.
class ConversationTable final : public QTableView
{
    Q_OBJECT

public:
    explicit ConversationTable(ConversationListModel &model, QWidget *parent = nullptr);
    [[nodiscard]] const ConversationListModel &conversations() const { return m_model; }
    /// How many there are, also beyond those read so far, where that is known.
    void setTotal(std::optional<qint64> total) { m_total = total; }
    [[nodiscard]] QString placeText(int row) const;
    /// First and last row of which something is on screen; {0, -1} when there is none.
    [[nodiscard]] std::pair<int, int> rowsOnScreen() const;
    /// Where the arrow keys begin while no row is current; negative = at the top.
    void setStart(std::function<int()> start) { m_start = std::move(start); }
    /// Letters are commands: one that is none leads to no row whose text happens to begin with it.
    void keyboardSearch(const QString & /*search*/) override {}

Q_SIGNALS:
    /// Rows go. Where the current one is among them Qt makes a neighbour current, which nobody chose.
    void losingRows();
    /// A click beside the row's text, or with Ctrl. @param isRange with Shift: everything from the row marked last
    void markClicked(int row, bool isRange);

protected:
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void startDrag(Qt::DropActions actions) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void focusInEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    /// While nobody works on a row, rows come and go: what is read further down stays where it is on screen.
    void keepPlace(int firstChanged);
    void keepScatteredPlace();
    void backToPlace();
    void tellFocus();
    /// A small label: what lies under it is to be seen.
    [[nodiscard]] QPixmap pictureOf(const QString &text) const;
    /// Whether the click marks instead of opening; then it was told.
    [[nodiscard]] bool marks(const QMouseEvent &event);

    ConversationListModel &m_model;
    std::optional<qint64> m_total;
    std::function<int()> m_start;
    QList<std::pair<QPersistentModelIndex, int>> m_place; ///< the rows on screen and where, while rows come and go
    bool m_isMarking = false; ///< until the button is released: the pointer may move a little
};

} // namespace Earshot
