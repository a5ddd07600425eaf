// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/shortcutsdialog.h"

#include "ui/composer/choicebar.h"
#include "ui/composer/composeredit.h"
#include "ui/settings/keycapture.h"
#include "ui/shell/clearable.h"
#include "ui/shell/statepage.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>

namespace Earshot {

ShortcutsDialog::ShortcutsDialog(CommandRegistry &commands, bool hasSingleKeys, QWidget *parent)
    : QDialog(parent)
    , m_commands(commands)
    , m_single(new QCheckBox(tr("&Single letters work on list and conversation"), this))
    , m_field(new QLineEdit(this))
    , m_found(new QStackedWidget(this))
    , m_table(new QTableWidget(0, 3, this))
    , m_nothing(new StatePage(this))
    , m_capture(new KeyCapture(this))
    , m_choices(new ChoiceBar(this))
    , m_assign(new QPushButton(tr("&Assign"), this))
    , m_clear(new QPushButton(tr("&Clear"), this))
    , m_reset(new QPushButton(tr("As it &was"), this))
    , m_resetAll(new QPushButton(tr("&Reset all"), this))
{
    setObjectName(QStringLiteral("shortcutsDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Shortcuts"));
    m_single->setChecked(hasSingleKeys);
    build();
    fill();
    m_table->setCurrentCell(0, 0);
    connect(m_single, &QCheckBox::toggled, this, &ShortcutsDialog::singleKeysChosen);
    connect(m_field, &QLineEdit::textChanged, this, &ShortcutsDialog::filter);
    connect(m_nothing, &StatePage::stepAsked, this, [this] {
        m_field->clear();
        m_field->setFocus();
    });
    connect(m_table, &QTableWidget::currentCellChanged, this, &ShortcutsDialog::showCurrent);
    connect(m_table, &QTableWidget::cellActivated, this, [this] { m_capture->setFocus(); });
    connect(m_capture, &KeyCapture::captured, this, &ShortcutsDialog::onCaptured);
    connect(m_capture, &QLineEdit::returnPressed, this, &ShortcutsDialog::assign);
    connect(m_assign, &QPushButton::clicked, this, &ShortcutsDialog::assign);
    connect(m_clear, &QPushButton::clicked, this, &ShortcutsDialog::clearKeys);
    connect(m_reset, &QPushButton::clicked, this, &ShortcutsDialog::resetCurrent);
    connect(m_resetAll, &QPushButton::clicked, this, &ShortcutsDialog::resetAll);
    connect(&m_commands, &CommandRegistry::commandsChanged, this, &ShortcutsDialog::fill);
    showCurrent();
    resize(fontMetrics().averageCharWidth() * 92, fontMetrics().height() * 34);
    m_field->setFocus();
}

void ShortcutsDialog::build()
{
    m_single->setObjectName(QStringLiteral("shortcutsSingle"));
    m_field->setObjectName(QStringLiteral("shortcutsField"));
    m_field->setPlaceholderText(tr("Find a command"));
    m_field->setAccessibleName(tr("Find a command"));
    makeClearable(*m_field);
    m_table->setObjectName(QStringLiteral("shortcutsTable"));
    m_table->setAccessibleName(tr("Commands and their keys"));
    m_table->setHorizontalHeaderLabels({tr("Command"), tr("Key"), tr("Shortcut")});
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_found->addWidget(m_table);
    m_found->addWidget(m_nothing);
    auto *label = new QLabel(tr("&New key"), this);
    label->setBuddy(m_capture);
    m_capture->setObjectName(QStringLiteral("shortcutsCapture"));
    m_capture->setAccessibleName(tr("New key: press it here"));
    m_choices->setObjectName(QStringLiteral("shortcutsChoices"));
    auto *row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_capture, 1);
    for (auto [button, name] : {std::pair(m_assign, "shortcutsAssign"), std::pair(m_clear, "shortcutsClear"),
                                std::pair(m_reset, "shortcutsReset"), std::pair(m_resetAll, "shortcutsResetAll")}) {
        button->setObjectName(QString::fromLatin1(name));
        button->setAutoDefault(false);
        if (button != m_resetAll)
            row->addWidget(button);
    }
    auto *close = new QDialogButtonBox(QDialogButtonBox::Close, this);
    close->button(QDialogButtonBox::Close)->setAutoDefault(false);
    close->addButton(m_resetAll, QDialogButtonBox::ResetRole);
    connect(close, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_single);
    column->addWidget(m_field);
    column->addWidget(m_found, 1);
    column->addLayout(row);
    column->addWidget(m_choices);
    column->addWidget(close);
}

void ShortcutsDialog::fill()
{
    const QString before = currentId();
    const QSignalBlocker quiet(m_table);
    const QStringList ids = m_commands.ids();
    m_table->setRowCount(int(ids.size()));
    for (int row = 0; row < ids.size(); ++row) {
        const QString &id = ids.at(row);
        const CommandKeys keys = m_commands.keysOf(id);
        auto *name = new QTableWidgetItem(m_commands.plainText(id));
        name->setData(Qt::UserRole, id);
        QFont font = m_table->font();
        font.setBold(!(keys == m_commands.usualKeys(id)));
        name->setFont(font);
        m_table->setItem(row, 0, name);
        m_table->setItem(row, 1, new QTableWidgetItem(CommandRegistry::nativeKey(keys.key)));
        m_table->setItem(row, 2, new QTableWidgetItem(keys.shortcut.toString(QKeySequence::NativeText)));
        if (id == before)
            m_table->setCurrentCell(row, 0);
    }
    m_table->resizeColumnToContents(1);
    m_table->resizeColumnToContents(2);
    filter();
    showCurrent();
}

void ShortcutsDialog::filter()
{
    const QString wanted = m_field->text().trimmed();
    int first = -1;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        bool isFound = false;
        for (int column = 0; column < m_table->columnCount(); ++column)
            isFound = isFound || m_table->item(row, column)->text().contains(wanted, Qt::CaseInsensitive);
        m_table->setRowHidden(row, !isFound);
        if (isFound && first < 0)
            first = row;
    }
    // A key is given to what is seen.
    if (m_table->currentRow() < 0 || m_table->isRowHidden(m_table->currentRow()))
        m_table->setCurrentCell(first, first < 0 ? -1 : 0);
    if (first < 0)
        m_nothing->show(QStringLiteral("search"), tr("No command was found"),
                        tr("No command has a name or a key like “%1”.").arg(wanted), tr("Show all commands"));
    m_found->setCurrentIndex(first < 0 ? 1 : 0);
}

QString ShortcutsDialog::currentId() const
{
    const QTableWidgetItem *item = m_table->item(m_table->currentRow(), 0);
    return item ? item->data(Qt::UserRole).toString() : QString();
}

void ShortcutsDialog::showCurrent()
{
    const QString id = currentId();
    m_capture->setKeys({});
    m_choices->clear();
    m_capture->setEnabled(!id.isEmpty());
    const bool isOfWriter = !id.isEmpty() && m_commands.find(id)->isOfWriter;
    m_capture->setTakesEscape(isOfWriter);
    m_capture->setPlaceholderText(isOfWriter ? tr("Press it here: Ctrl+R, F7, Esc")
                                             : tr("Press it here: R, G then M, Ctrl+R"));
    m_assign->setEnabled(false);
    m_clear->setEnabled(!m_commands.keysOf(id).isEmpty());
    m_reset->setEnabled(!id.isEmpty() && !(m_commands.keysOf(id) == m_commands.usualKeys(id)));
}

void ShortcutsDialog::onCaptured()
{
    m_choices->clear();
    m_assign->setEnabled(true);
    if (m_capture->hasEscape())
        m_choices->remark(tr("%1 once more closes this window; nothing is assigned then.").arg(m_capture->text()));
}

/// Why no command of who writes may have it; empty = it may.
QString ShortcutsDialog::objection(const CommandKeys &pressed) const
{
    const Command *command = m_commands.find(currentId());
    if (!command->isOfWriter)
        return {};
    const QString name = m_commands.plainText(currentId());
    if (!pressed.key.isEmpty())
        return tr("“%1” works while you write: its key needs Ctrl or Alt, or is a function key.").arg(name);
    if (ComposerEdit::isOwnKey(pressed.shortcut))
        return tr("While you write, %1 is a key of the text itself: “%2” needs another one.")
            .arg(m_capture->text(), name);
    return {};
}

void ShortcutsDialog::assign()
{
    const CommandKeys pressed = m_capture->keys();
    if (pressed.isEmpty() || currentId().isEmpty())
        return;
    if (const QString against = objection(pressed); !against.isEmpty()) {
        m_choices->ask(against);
        return;
    }
    // The other kind of key stays.
    CommandKeys keys = m_commands.keysOf(currentId());
    if (pressed.key.isEmpty())
        keys.shortcut = pressed.shortcut;
    else
        keys.key = pressed.key;
    const QString owner = m_commands.ownerOf(pressed, currentId());
    if (owner.isEmpty()) {
        give(keys);
        return;
    }
    m_choices->ask(tr("%1 is the key of “%2” already.").arg(m_capture->text(), m_commands.plainText(owner)),
                   {{tr("Take it from there"), [this, keys] { give(keys); }}});
}

void ShortcutsDialog::give(const CommandKeys &keys)
{
    m_choices->clear();
    m_commands.setKeys(currentId(), keys);
    m_table->setFocus();
}

void ShortcutsDialog::clearKeys()
{
    m_commands.setKeys(currentId(), {});
}

void ShortcutsDialog::resetCurrent()
{
    const QString id = currentId();
    const CommandKeys usual = m_commands.usualKeys(id);
    const QString owner = m_commands.ownerOf(usual, id);
    if (owner.isEmpty()) {
        give(usual);
        return;
    }
    m_choices->ask(tr("“%1” has its key now.").arg(m_commands.plainText(owner)),
                   {{tr("Take it from there"), [this, usual] { give(usual); }}});
}

void ShortcutsDialog::resetAll()
{
    m_choices->ask(tr("All keys go back to their defaults."), {{tr("Reset all"), [this] {
                                                                    m_choices->clear();
                                                                    m_commands.resetKeys();
                                                                }}});
}

} // namespace Earshot
