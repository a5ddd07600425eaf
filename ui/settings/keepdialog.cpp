// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/keepdialog.h"

#include "ui/composer/choicebar.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/roster.h"
#include "ui/shell/rosterwait.h"

#include <QCloseEvent>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

#include <utility>

namespace Earshot {
namespace {

/// Coming into it chooses nothing: Qt would take its first row, and what is asked beside the form would go.
class ChoosyList final : public QListWidget
{
public:
    using QListWidget::QListWidget;

protected:
    void focusInEvent(QFocusEvent *event) override
    {
        const QSignalBlocker quiet(this);
        const bool isNoneChosen = currentRow() < 0;
        QListWidget::focusInEvent(event);
        if (isNoneChosen)
            setCurrentRow(-1);
    }
};

} // namespace

KeepDialog::KeepDialog(Desk &desk, const Roster &roster, const QString &name, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_roster(roster)
    , m_list(new ChoosyList(this))
    , m_page(new QWidget(this))
    , m_form(new QVBoxLayout)
    , m_choices(new ChoiceBar(this))
    , m_hint(new PlainLabel(this))
    , m_new(new QPushButton(tr("New"), this))
    , m_remove(new QPushButton(tr("Remove"), this))
    , m_wait(new RosterWait(roster, this))
{
    setObjectName(name);
    setAttribute(Qt::WA_DeleteOnClose);
    m_list->setObjectName(name + QStringLiteral("List"));
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setMinimumWidth(fontMetrics().averageCharWidth() * 26);
    m_choices->setObjectName(name + QStringLiteral("Choices"));
    m_hint->setObjectName(name + QStringLiteral("Hint"));
    m_hint->setWrapping(true);
    m_hint->setQuiet(true);
    for (auto [button, word] : {std::pair(m_new, "New"), std::pair(m_remove, "Remove")}) {
        button->setObjectName(name + QString::fromLatin1(word));
        button->setAutoDefault(false);
    }
    connect(m_new, &QPushButton::clicked, this, &KeepDialog::addNew);
    connect(m_remove, &QPushButton::clicked, this, &KeepDialog::remove);
    connect(m_list, &QListWidget::currentRowChanged, this, &KeepDialog::onCurrentChanged);
    connect(&m_roster, &Roster::rosterChanged, this, &KeepDialog::onRosterChanged);
    connect(m_wait, &RosterWait::changed, this, &KeepDialog::showButtons);
    connect(this, &QDialog::finished, this, [this] {
        for (const Done &one : std::exchange(m_done, {}))
            Q_EMIT undoable(one.sentence, one.inverses);
    });
}

void KeepDialog::begin(const QString &emptyText)
{
    m_empty = emptyText;
    m_list->setAccessibleName(windowTitle());
    auto *left = new QVBoxLayout;
    left->addWidget(m_list, 1);
    auto *leftButtons = new QHBoxLayout;
    leftButtons->addWidget(m_new);
    leftButtons->addWidget(m_remove);
    left->addLayout(leftButtons);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_page->setLayout(m_form);
    auto *right = new QVBoxLayout;
    right->addWidget(m_hint);
    right->addWidget(m_page, 1);
    right->addWidget(m_choices);
    // Only now: Tab comes to it from the form's last field.
    m_save = new QPushButton(tr("Save"), this);
    m_save->setObjectName(objectName() + QStringLiteral("Save"));
    m_save->setAutoDefault(false);
    connect(m_save, &QPushButton::clicked, this, [this] { save(); });
    // As a default button it would be pressed by Return on every other one.
    const auto lines = m_page->findChildren<QLineEdit *>();
    for (const QLineEdit *line : lines)
        connect(line, &QLineEdit::returnPressed, m_save, &QPushButton::click);
    auto *saving = new QHBoxLayout;
    saving->addStretch(1);
    saving->addWidget(m_save);
    right->addLayout(saving);
    auto *row = new QHBoxLayout;
    row->addLayout(left, 1);
    row->addLayout(right, 3);
    auto *close = new QDialogButtonBox(QDialogButtonBox::Close, this);
    close->button(QDialogButtonBox::Close)->setAutoDefault(false);
    connect(close, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addLayout(row, 1);
    column->addWidget(close);
    chooseFirst();
    resize(fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 30);
}

void KeepDialog::chooseFirst()
{
    m_isBegun = m_wait->isOver();
    refill();
    if (m_list->count() > 0) {
        m_list->setCurrentRow(0);
        return;
    }
    choose(canChange() ? 0 : -1);
    // With none there the first is about to be made.
    if (canChange())
        focusForm();
}

void KeepDialog::refill()
{
    const QSignalBlocker quiet(m_list);
    const int scrolled = m_list->verticalScrollBar()->value();
    m_list->clear();
    const QList<Entry> all = entries();
    for (const Entry &entry : all) {
        auto *item = new QListWidgetItem(entry.name, m_list);
        item->setData(Qt::UserRole, entry.id);
        if (entry.id == m_current)
            m_list->setCurrentItem(item);
    }
    m_list->verticalScrollBar()->setValue(scrolled);
    showButtons();
}

void KeepDialog::onRosterChanged()
{
    if (!m_isBegun) {
        chooseFirst();
        return;
    }
    refill();
    follow();
}

void KeepDialog::follow()
{
    if (m_current <= 0 || m_isBusy)
        return;
    const QString now = version(m_current);
    if (now == m_version || now == m_known)
        return;
    m_known = now;
    if (now.isEmpty() && m_isDirty) {
        m_current = 0;
        m_version.clear();
        m_choices->ask(tr("Somebody else removed this meanwhile. Saving keeps it as a new one."));
        showButtons();
    } else if (m_isDirty) {
        askAboutTheirs({});
    } else if (now.isEmpty()) {
        choose(-1);
    } else {
        m_version = now;
        m_isFilling = true;
        showEntry(m_current);
        m_isFilling = false;
    }
}

void KeepDialog::touch()
{
    if (m_isFilling)
        return;
    m_isDirty = true;
    m_choices->clear();
    showButtons();
}

bool KeepDialog::canChange() const
{
    return m_roster.isLead();
}

KeepDialog::Words KeepDialog::words(qint64) const
{
    return {tr("Remove"), tr("Removed."), tr("Only leads and admins can change these.")};
}

void KeepDialog::showButtons()
{
    const bool mayChange = canChange();
    const bool canNow = mayChange && !m_isBusy;
    const Words deeds = words(m_current);
    for (QPushButton *deed : {m_new, m_remove, m_save})
        deed->setVisible(!m_roster.isReadOnly());
    setFormEnabled(canNow && m_current >= 0);
    m_new->setEnabled(canNow);
    m_remove->setText(deeds.remove);
    m_remove->setEnabled(canNow && m_current > 0);
    m_save->setEnabled(canNow && m_current >= 0 && m_isDirty);
    const bool isEmpty = m_list->count() == 0;
    const QString whyNot = m_roster.isReadOnly() ? m_roster.whyReadOnly() : deeds.whoMay;
    QStringList said{isEmpty ? m_empty : QString(), mayChange ? QString() : whyNot};
    said.removeAll(QString());
    m_hint->setText(m_wait->isOver() ? said.join(QLatin1Char('\n')) : m_wait->sentence());
    m_hint->setVisible(!m_hint->text().isEmpty());
    // Nobody fills in a form that is neither theirs nor anybody's; its place stays.
    m_page->setVisible(!m_wait->isOver() || mayChange || !isEmpty);
}

void KeepDialog::choose(qint64 id)
{
    m_current = id;
    m_version = id > 0 ? version(id) : QString();
    m_known = m_version;
    m_isFilling = true;
    showEntry(id < 0 ? 0 : id);
    m_isFilling = false;
    m_isDirty = false;
    m_choices->clear();
    refill();
}

void KeepDialog::onCurrentChanged(int row)
{
    const QListWidgetItem *item = m_list->item(row);
    if (!item)
        return;
    const qint64 id = item->data(Qt::UserRole).toLongLong();
    if (id == m_current)
        return;
    if (m_isDirty)
        askAboutChanges([this, id] { choose(id); });
    else
        choose(id);
}

void KeepDialog::addNew()
{
    const auto start = [this] {
        choose(0);
        const QSignalBlocker quiet(m_list);
        m_list->setCurrentRow(-1);
        focusForm();
    };
    if (m_isDirty)
        askAboutChanges(start);
    else
        start();
}

void KeepDialog::askAboutChanges(const std::function<void()> &then)
{
    if (m_isBusy)
        m_afterSaving = then;
    {
        // The list stays on what is in the form until it was decided.
        const QSignalBlocker quiet(m_list);
        m_list->setCurrentRow(-1);
        refill();
    }
    // What is being saved already is not asked about.
    if (m_isBusy)
        return;
    m_choices->ask(tr("This is not saved yet."),
                   {{tr("Save"), [this, then] { save(then); }}, {tr("Discard"), [this, then] {
                                                                     m_isDirty = false;
                                                                     m_choices->clear();
                                                                     then();
                                                                 }}});
}

void KeepDialog::askAboutTheirs(const std::function<void()> &then)
{
    m_choices->ask(tr("Somebody else changed this meanwhile."),
                   {{tr("Show theirs"), [this] { choose(m_current); }},
                    {tr("Save mine anyway"), [this, then] { save(then, true); }}});
}

void KeepDialog::reject()
{
    if (m_isDirty)
        askAboutChanges([this] { QDialog::reject(); });
    else
        QDialog::reject();
}

void KeepDialog::closeEvent(QCloseEvent *event)
{
    if (m_isDirty) {
        event->ignore();
        reject();
        return;
    }
    QDialog::closeEvent(event);
}

} // namespace Earshot
