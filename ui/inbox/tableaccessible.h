// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/id.h"

#include <QAccessibleWidget>
#include <QHash>

namespace Earshot {

class ConversationTable;

/// What assistive programs see of the inbox's list: a list whose children are the rows on screen. A row is known by its
/// conversation, so that it stays the same when others come above it.
class TableAccessible final : public QAccessibleWidget
{
public:
    /// Makes Qt use it for every ConversationTable. Again does nothing.
    static void install();

    explicit TableAccessible(ConversationTable *table);
    ~TableAccessible() override;

    [[nodiscard]] int childCount() const override;
    [[nodiscard]] QAccessibleInterface *child(int index) const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override;
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override;
    /// The current row, also when it is not on screen.
    [[nodiscard]] QAccessibleInterface *focusChild() const override;
    [[nodiscard]] QString text(QAccessible::Text kind) const override;

private:
    [[nodiscard]] ConversationTable *table() const;
    [[nodiscard]] QAccessibleInterface *row(int row) const;
    void forgetOld() const;

    mutable QHash<ConversationId, QAccessible::Id> m_rows;
};

/// One row: its name is the sentence that a person needs.
class RowAccessible final : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    RowAccessible(ConversationTable *table, ConversationId id);

    [[nodiscard]] int row() const;
    [[nodiscard]] bool isValid() const override;
    [[nodiscard]] QObject *object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *parent() const override;
    [[nodiscard]] QAccessibleInterface *child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString &) override {}
    [[nodiscard]] QRect rect() const override;
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    [[nodiscard]] QStringList actionNames() const override;
    void doAction(const QString &name) override;
    [[nodiscard]] QStringList keyBindingsForAction(const QString &name) const override;

private:
    QPointer<ConversationTable> m_table;
    ConversationId m_id;
};

} // namespace Earshot
