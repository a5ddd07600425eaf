// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/inbox/viewlistmodel.h"

#include <QListView>
#include <QTimer>

namespace Earshot {

/// The left pane: what can be listed. One row is current; choosing another says which.
class ViewPane final : public QListView
{
    Q_OBJECT

public:
    explicit ViewPane(const Roster &roster, QWidget *parent = nullptr);

    /// Makes the row of such a view current, without telling anybody.
    void select(const ListQuery &query);
    /// Moves as if the person had chosen it.
    void choose(View view);
    /// The same for any row; nothing where there is none of it.
    void choose(const ListQuery &query);
    /// The same for a view that somebody made.
    void chooseMade(const QString &uuid);
    /// What the view that is listed is now, after it was edited; nothing when it is gone.
    [[nodiscard]] std::optional<ListQuery> now(const ListQuery &query) const;
    /// The view that somebody made and that is current; null for all others.
    [[nodiscard]] const ViewRecord *current() const { return m_model.made(currentIndex().row()); }
    /// What the current row lists; that of a saved search is only its name.
    [[nodiscard]] ListQuery place() const { return m_model.place(currentIndex().row()); }
    [[nodiscard]] QString title(const ListQuery &query) const { return m_model.title(query); }
    [[nodiscard]] QSize sizeHint() const override;
    /// Letters are commands: one that is none lists nothing else.
    void keyboardSearch(const QString & /*search*/) override {}

Q_SIGNALS:
    /// The person chose a row.
    void viewChosen(const Earshot::ListQuery &query);
    /// The person chose a saved search.
    void searchChosen(const QString &text);
    /// A command for the current row: Alt+Up, Alt+Down, F2 or Delete.
    void commandAsked(const QString &id);
    void menuAsked(const QPoint &at);
    /// Conversations were dropped onto the row of a person, of a tag, or of those that nobody has.
    void dropped(const QList<Earshot::ConversationId> &ids, const Earshot::ListQuery &on);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;

private:
    void tell(int row);
    /// The row that was current, where it stands now.
    void followCurrent();

    ViewListModel m_model;
    QTimer m_minute;                 ///< how long something waits grows by itself
    std::optional<ListQuery> m_lost; ///< was current when its row went
    bool m_isSelecting = false;
};

} // namespace Earshot
