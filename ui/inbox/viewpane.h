// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/inbox/viewlistmodel.h"

#include <QListView>

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
    [[nodiscard]] QString title(const ListQuery &query) const { return m_model.title(query); }
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// The person chose a row.
    void viewChosen(const Earshot::ListQuery &query);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    ViewListModel m_model;
    bool m_isSelecting = false;
};

} // namespace Earshot
