// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/cheatsheet.h"

#include "ui/shell/clearable.h"
#include "ui/shell/commandregistry.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QTableWidget>
#include <QVBoxLayout>

namespace Earshot {

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
        const int row = table->rowCount();
        table->insertRow(row);
        table->setItem(row, 0, new QTableWidgetItem(key));
        table->setItem(row, 1, new QTableWidgetItem(commands.plainText(id)));
    }
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
    resize(fontMetrics().averageCharWidth() * 64, fontMetrics().height() * 32);
}

} // namespace Earshot
