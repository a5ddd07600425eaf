// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/pickdialog.h"

#include "ui/shell/clearable.h"
#include "ui/shell/keydispatcher.h"
#include "ui/shell/matches.h"
#include "workspace/typedname.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSet>
#include <QVBoxLayout>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int newOne = -1;

/// Those that hold what is typed, and then those that only have its words, in any order and with signs over letters.
Matches matchesByWords(const QStringList &names, const QString &typed)
{
    Matches found = matchesOf(names, typed);
    const QList<int> holding = found.all();
    const QSet<int> before(holding.cbegin(), holding.cend());
    const TypedName words(typed);
    for (int i = 0; i < names.size(); ++i) {
        if (!before.contains(i) && words.isOf(names.at(i), names.at(i)))
            found.within.append(i);
    }
    return found;
}

} // namespace

PickDialog::PickDialog(const QString &title, const QList<Choice> &choices, QWidget *parent)
    : QDialog(parent)
    , m_choices(choices)
    , m_field(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_ok(new QPushButton(tr("OK"), this))
{
    setObjectName(QStringLiteral("pickDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    KeyDispatcher::goesOnIn(*this);
    setWindowTitle(title);
    m_field->setObjectName(QStringLiteral("pickField"));
    m_field->setAccessibleName(title);
    m_field->setPlaceholderText(tr("Type to narrow down"));
    makeClearable(*m_field);
    m_field->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("pickList"));
    m_list->setAccessibleName(title);
    m_list->setUniformItemSizes(true);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_field);
    column->addWidget(m_list, 1);
    auto *buttons = new QDialogButtonBox(this);
    buttons->addButton(m_ok, QDialogButtonBox::AcceptRole);
    QPushButton *cancel = buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    m_ok->setObjectName(QStringLiteral("pickOk"));
    m_ok->setDefault(true);
    cancel->setObjectName(QStringLiteral("pickCancel"));
    cancel->setAutoDefault(false);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] { pick(m_list->currentItem()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListWidget::currentItemChanged, this,
            [this](const QListWidgetItem *item) { m_ok->setEnabled(item && (item->flags() & Qt::ItemIsSelectable)); });
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &text) {
        Q_EMIT narrowed(text.trimmed());
        filter(text);
    });
    connect(m_field, &QLineEdit::returnPressed, this, [this] { pick(m_list->currentItem()); });
    connect(m_list, &QListWidget::itemActivated, this, &PickDialog::pick);
    connect(m_list, &QListWidget::itemClicked, this, &PickDialog::pick);
    filter({});
    m_buttonHeight = buttons->sizeHint().height();
    setRoom(int(std::clamp<qsizetype>(choices.size() + 1, 3, 13)));
    m_field->setFocus();
}

void PickDialog::setRoom(int lines)
{
    const int line = std::max(m_list->sizeHintForRow(0), fontMetrics().height() + 6);
    // As wide as the longest choice, as far as that is read at a glance.
    const int letter = fontMetrics().averageCharWidth();
    resize(std::clamp(m_list->sizeHintForColumn(0) + 40, letter * 64, letter * 100),
           line * lines + m_field->sizeHint().height() + m_buttonHeight + 50);
}

void PickDialog::setChoices(const QList<Choice> &choices)
{
    m_choices = choices;
    filter(m_field->text());
}

void PickDialog::allowNew(const QString &sentence)
{
    m_newSentence = sentence;
}

void PickDialog::setPickable(int count)
{
    m_pickable = count;
    m_field->hide();
    filter({});
    m_list->setFocus();
}

void PickDialog::setCurrent(int index)
{
    m_start = index;
    filter(m_field->text());
}

void PickDialog::setPlaceholder(const QString &text)
{
    m_field->setPlaceholderText(text);
}

void PickDialog::filter(const QString &text)
{
    const QString wanted = text.trimmed();
    m_list->clear();
    QStringList names;
    for (const Choice &choice : std::as_const(m_choices))
        names.append(choice.text);
    const Matches found = matchesByWords(names, wanted);
    for (const int index : found.all())
        addChoice(index);
    const bool isExact = names.contains(wanted, Qt::CaseInsensitive);
    if (!wanted.isEmpty() && !isExact && !m_newSentence.isEmpty()) {
        // Something new that is a part of another: "ware" does not mean "hardware".
        auto *item = new QListWidgetItem(m_newSentence.arg(wanted));
        item->setData(Qt::UserRole, newOne);
        m_list->insertItem(found.begun.isEmpty() ? 0 : m_list->count(), item);
    }
    if (m_list->count() == 0 && !wanted.isEmpty()) {
        auto *nothing = new QListWidgetItem(tr("Nothing matches."), m_list);
        nothing->setFlags(Qt::ItemIsEnabled);
    }
    // With nothing typed all are there, in their order.
    m_list->setCurrentRow(wanted.isEmpty() ? m_start : 0);
    const QListWidgetItem *current = m_list->currentItem();
    m_ok->setEnabled(current && (current->flags() & Qt::ItemIsSelectable));
}

void PickDialog::addChoice(int index)
{
    const Choice &choice = m_choices.at(index);
    auto *item = new QListWidgetItem(
        choice.icon,
        choice.detail.isEmpty() ? choice.text : tr("%1  (%2)", "choice (detail)").arg(choice.text, choice.detail),
        m_list);
    item->setData(Qt::UserRole, index);
    if (m_pickable >= 0 && index >= m_pickable)
        item->setFlags(Qt::ItemIsEnabled);
}

void PickDialog::pick(QListWidgetItem *item)
{
    if (!item || isHidden() || !(item->flags() & Qt::ItemIsSelectable))
        return;
    const int index = item->data(Qt::UserRole).toInt();
    const QString text = m_field->text().trimmed();
    close();
    if (index == newOne)
        Q_EMIT typed(text);
    else
        Q_EMIT picked(index);
}

bool PickDialog::eventFilter(QObject *watched, QEvent *event)
{
    // Up and Down walk the list while the field keeps the keyboard.
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown) {
            QCoreApplication::sendEvent(m_list, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace Earshot
