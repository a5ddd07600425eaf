// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/tableaccessible.h"

#include "ui/inbox/conversationlistmodel.h"
#include "ui/inbox/conversationtable.h"

#include <QLocale>

namespace Earshot {

namespace {

/// Above so many, those that are no longer on screen are let go.
constexpr qsizetype rowsKept = 200;

QAccessibleInterface *make(const QString &, QObject *object)
{
    auto *table = qobject_cast<ConversationTable *>(object);
    return table ? new TableAccessible(table) : nullptr;
}

} // namespace

void TableAccessible::install()
{
    static const bool isInstalled = [] {
        QAccessible::installFactory(make);
        return true;
    }();
    Q_UNUSED(isInstalled)
}

TableAccessible::TableAccessible(ConversationTable *table)
    : QAccessibleWidget(table, QAccessible::List)
{
}

TableAccessible::~TableAccessible()
{
    for (const QAccessible::Id id : std::as_const(m_rows))
        QAccessible::deleteAccessibleInterface(id);
}

ConversationTable *TableAccessible::table() const
{
    return static_cast<ConversationTable *>(widget());
}

int TableAccessible::childCount() const
{
    const auto [first, last] = table()->rowsOnScreen();
    return last - first + 1;
}

QAccessibleInterface *TableAccessible::child(int index) const
{
    const auto [first, last] = table()->rowsOnScreen();
    return index >= 0 && first + index <= last ? row(first + index) : nullptr;
}

int TableAccessible::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *known = dynamic_cast<const RowAccessible *>(child);
    const auto [first, last] = table()->rowsOnScreen();
    const int row = known ? known->row() : -1;
    return row >= first && row <= last ? row - first : -1;
}

QAccessibleInterface *TableAccessible::childAt(int x, int y) const
{
    const QPoint place = table()->viewport()->mapFromGlobal(QPoint(x, y));
    return table()->viewport()->rect().contains(place) ? row(table()->rowAt(place.y())) : nullptr;
}

QAccessibleInterface *TableAccessible::focusChild() const
{
    return table()->hasFocus() ? row(table()->currentIndex().row()) : nullptr;
}

QString TableAccessible::text(QAccessible::Text kind) const
{
    if (kind == QAccessible::Value) {
        const int current = table()->currentIndex().row();
        return current < 0 ? QString() : table()->placeText(current);
    }
    return QAccessibleWidget::text(kind);
}

QAccessibleInterface *TableAccessible::row(int row) const
{
    const ConversationId id = table()->conversations().conversationAt(row);
    if (!id.isValid())
        return nullptr;
    if (const auto known = m_rows.constFind(id); known != m_rows.constEnd())
        return QAccessible::accessibleInterface(*known);
    forgetOld();
    auto *made = new RowAccessible(table(), id);
    m_rows.insert(id, QAccessible::registerAccessibleInterface(made));
    return made;
}

void TableAccessible::forgetOld() const
{
    if (m_rows.size() < rowsKept)
        return;
    const auto [first, last] = table()->rowsOnScreen();
    for (auto it = m_rows.begin(); it != m_rows.end();) {
        const int row = table()->conversations().rowOf(it.key());
        if (row >= first && row <= last) {
            ++it;
            continue;
        }
        QAccessible::deleteAccessibleInterface(it.value());
        it = m_rows.erase(it);
    }
}

RowAccessible::RowAccessible(ConversationTable *table, ConversationId id)
    : m_table(table)
    , m_id(id)
{
}

int RowAccessible::row() const
{
    return m_table ? m_table->conversations().rowOf(m_id) : -1;
}

bool RowAccessible::isValid() const
{
    return row() >= 0;
}

QAccessibleInterface *RowAccessible::parent() const
{
    return QAccessible::queryAccessibleInterface(m_table);
}

QString RowAccessible::text(QAccessible::Text kind) const
{
    const int at = row();
    if (at < 0)
        return {};
    if (kind == QAccessible::Name)
        return m_table->model()->index(at, 0).data(Qt::AccessibleTextRole).toString();
    if (kind == QAccessible::Description)
        return m_table->placeText(at);
    return {};
}

QRect RowAccessible::rect() const
{
    const int at = row();
    if (at < 0)
        return {};
    const QRect place = m_table->visualRect(m_table->model()->index(at, 0));
    return {m_table->viewport()->mapToGlobal(place.topLeft()), place.size()};
}

QAccessible::State RowAccessible::state() const
{
    QAccessible::State state;
    const int at = row();
    if (at < 0) {
        state.invalid = true;
        return state;
    }
    const bool isCurrent = m_table->currentIndex().row() == at;
    const auto [first, last] = m_table->rowsOnScreen();
    state.focusable = state.selectable = true;
    state.selected = isCurrent;
    state.focused = isCurrent && m_table->hasFocus();
    state.checkable = true;
    state.checked = m_table->conversations().isMarked(m_id);
    state.offscreen = at < first || at > last;
    return state;
}

void *RowAccessible::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
}

QStringList RowAccessible::actionNames() const
{
    return {pressAction(), setFocusAction()};
}

void RowAccessible::doAction(const QString &name)
{
    const int at = row();
    if (at < 0)
        return;
    const QModelIndex index = m_table->model()->index(at, 0);
    m_table->setCurrentIndex(index);
    if (name == setFocusAction())
        m_table->setFocus();
    else if (name == pressAction())
        Q_EMIT m_table->activated(index);
}

QStringList RowAccessible::keyBindingsForAction(const QString &) const
{
    return {};
}

} // namespace Earshot
