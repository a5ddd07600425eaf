// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "workspace/queries.h"

#include <functional>
#include <memory>

namespace Earshot {

class CommandRegistry;
class ConversationActions;
class Roster;
class ViewPane;

/// Making, changing, moving and removing views that people made. Shared ones by actions, with their undo; one's own as
/// personal state. Lives with its window.
class ViewCommands final : public QObject
{
    Q_OBJECT

public:
    ViewCommands(Desk &desk, const Roster &roster, ViewPane &pane, ConversationActions &actions, QWidget *window);

    void addCommands(CommandRegistry &commands);
    /// What the search field holds now; for saving it.
    void setSearch(std::function<QString()> search) { m_search = std::move(search); }
    [[nodiscard]] static QStringList ids();
    /// For the menu of the current row: what is about it.
    [[nodiscard]] QStringList menuIds() const;

Q_SIGNALS:
    /// One line for the window's bar.
    void message(const QString &text);

private:
    void copyName();
    [[nodiscard]] bool mayChange() const;
    [[nodiscard]] QList<ViewRecord> siblings(const ViewRecord &view) const;
    void edit(const ViewRecord &view);
    /// @param seen versionOf() what everybody's was when it was begun to be edited; where it is otherwise by now, that
    /// is refused, and what it is then is what was seen
    void save(ViewRecord view, bool isShared, const std::shared_ptr<QString> &seen,
              const std::function<void(const QString &)> &finished);
    void remove(const ViewRecord &view);
    void move(int step);
    void keepOwn(const ViewRecord &view);
    void dropOwn(const QString &uuid);
    void rememberSharing(const ViewRecord &own, const ActionArguments &inverse, const QString &name);
    /// Gives one's own views this order.
    void arrange(const QList<ViewRecord> &views);
    /// Lists a view as soon as the roster knows it.
    void chooseSoon(const QString &uuid);

    Desk &m_desk;
    const Roster &m_roster;
    ViewPane &m_pane;
    ConversationActions &m_actions;
    QWidget *m_window;
    std::function<QString()> m_search;
    QString m_toChoose; ///< a new view's uuid, until the roster knows it
};

} // namespace Earshot
