// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/cheatsheet.h"

#include "ui/shell/clearable.h"
#include "ui/shell/commandregistry.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QScreen>
#include <QScrollBar>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace Earshot {

namespace {

QString keyName(Qt::Key key)
{
    return QKeySequence(key).toString(QKeySequence::NativeText);
}

QString keyNames(Qt::Key one, Qt::Key other)
{
    return keyName(one) + QStringLiteral(" · ") + keyName(other);
}

void addRow(QTableWidget &table, const QString &keys, const QString &does)
{
    const int row = table.rowCount();
    table.insertRow(row);
    table.setItem(row, 0, new QTableWidgetItem(keys));
    table.setItem(row, 1, new QTableWidgetItem(does));
}

} // namespace

CheatSheet::CheatSheet(const CommandRegistry &commands, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("cheatSheet"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keyboard"));
    auto *field = new QLineEdit(this);
    field->setObjectName(QStringLiteral("cheatSheetField"));
    field->setPlaceholderText(tr("Find a command"));
    field->setAccessibleName(tr("Find a command"));
    makeClearable(*field);
    auto *table = new QTableWidget(0, 2, this);
    table->setObjectName(QStringLiteral("cheatSheetTable"));
    table->setAccessibleName(tr("Commands and their keys"));
    table->setHorizontalHeaderLabels({tr("Key"), tr("Command")});
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 7);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    for (const QString &id : commands.ids()) {
        const QString key = commands.keyText(id);
        if (key.isEmpty() || !commands.isOffered(id))
            continue;
        addRow(*table, key, commands.plainText(id));
    }
    addKeysOfPlaces(*table, commands);
    table->resizeColumnToContents(0);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *column = new QVBoxLayout(this);
    column->addWidget(field);
    column->addWidget(table, 1);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(field, &QLineEdit::textChanged, table, [table](const QString &text) {
        for (int row = 0; row < table->rowCount(); ++row)
            table->setRowHidden(row, !table->item(row, 1)->text().contains(text.trimmed(), Qt::CaseInsensitive) &&
                                         !table->item(row, 0)->text().contains(text.trimmed(), Qt::CaseInsensitive));
    });
    // As wide as its longest line: a command that is cut off is one that nobody finds.
    const QAbstractItemView *view = table;
    const int lines =
        table->columnWidth(0) + view->sizeHintForColumn(1) + table->verticalScrollBar()->sizeHint().width();
    const int around = 2 * table->frameWidth() + column->contentsMargins().left() + column->contentsMargins().right();
    resize(std::min(lines + around, screen()->availableGeometry().width()), fontMetrics().height() * 32);
}

/// What is no command, as it means something in one place only.
void CheatSheet::addKeysOfPlaces(QTableWidget &table, const CommandRegistry &commands)
{
    if (commands.isOffered(QStringLiteral("list.next"))) {
        addRow(table, keyName(Qt::Key_Enter), tr("List: go into the conversation"));
        addRow(table, keyName(Qt::Key_Escape), tr("Everywhere: back to the list"));
    }
    addRow(table, keyNames(Qt::Key_Up, Qt::Key_Down), tr("Conversation: previous or next message"));
    addRow(table, keyNames(Qt::Key_Home, Qt::Key_End), tr("Conversation: its beginning or its end"));
    addRow(table, keyName(Qt::Key_Tab), tr("Conversation: next link"));
    addRow(table, keyName(Qt::Key_Enter), tr("Conversation: open the link"));
    addRow(table, QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText),
           tr("Conversation: copy what is selected"));
    if (commands.isOffered(QStringLiteral("view.edit"))) {
        addRow(table, keyName(Qt::Key_F2), tr("Views: edit the view"));
        addRow(table, keyName(Qt::Key_Delete), tr("Views: remove the view"));
        const QString up = QKeySequence(Qt::ALT | Qt::Key_Up).toString(QKeySequence::NativeText);
        const QString down = QKeySequence(Qt::ALT | Qt::Key_Down).toString(QKeySequence::NativeText);
        addRow(table, up + QStringLiteral(" · ") + down, tr("Views: move the view up or down"));
    }
    if (commands.isOffered(QStringLiteral("conversation.reply"))) {
        addRow(table, QStringLiteral("@"), tr("Editor: name somebody"));
        addRow(table, QStringLiteral(";"), tr("Editor: a saved reply"));
        addRow(table, QStringLiteral(":"), tr("Editor: an emoji by its name"));
    }
    addRow(table, QStringLiteral("+ · -"), tr("Attachment: larger or smaller"));
    addRow(table, QStringLiteral("0 · F"), tr("Attachment: as large as it is, or fitted to the window"));
    addRow(table, keyNames(Qt::Key_Left, Qt::Key_Right), tr("Attachment: previous or next one"));
    addRow(table, QKeySequence(QKeySequence::Save).toString(QKeySequence::NativeText), tr("Attachment: save it"));
}

} // namespace Earshot
