// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/macrodialog.h"

#include "model/keptversion.h"
#include "ui/shell/keydispatcher.h"
#include "ui/shell/macrowording.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/roster.h"
#include "ui/shell/wording.h"

#include <QComboBox>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <initializer_list>

namespace Earshot {

namespace {

enum FieldPage { noPage, choicePage, tagPage, textPage };

FieldPage pageOf(MacroStepKind kind)
{
    switch (kind) {
    case MacroStepKind::assign:
    case MacroStepKind::setPriority:
    case MacroStepKind::snooze:
    case MacroStepKind::resolve:
        return choicePage;
    case MacroStepKind::addTag:
    case MacroStepKind::removeTag:
        return tagPage;
    case MacroStepKind::addNote:
    case MacroStepKind::reply:
        return textPage;
    default:
        return noPage;
    }
}

/// An hour, four, a day, three, a week, two.
constexpr std::array<int, 6> snoozeMinutes{60, 240, 1440, 4320, 10080, 20160};

constexpr std::array stepKinds{MacroStepKind::claim,  MacroStepKind::assign,    MacroStepKind::giveBack,
                               MacroStepKind::addTag, MacroStepKind::removeTag, MacroStepKind::setPriority,
                               MacroStepKind::snooze, MacroStepKind::wait,      MacroStepKind::resolve,
                               MacroStepKind::reopen, MacroStepKind::addNote,   MacroStepKind::reply};

} // namespace

MacroDialog::MacroDialog(Desk &desk, const Roster &roster, QWidget *parent)
    : KeepDialog(desk, roster, QStringLiteral("macros"), parent)
    , m_name(new QLineEdit(this))
    , m_key(new QLineEdit(this))
    , m_steps(new QListWidget(this))
    , m_add(new QToolButton(this))
    , m_up(new QToolButton(this))
    , m_down(new QToolButton(this))
    , m_drop(new QToolButton(this))
    , m_argument(new QStackedWidget(this))
    , m_choice(new QComboBox(this))
    , m_tag(new QComboBox(this))
    , m_text(new QPlainTextEdit(this))
{
    setWindowTitle(tr("Macros"));
    buildHead();
    buildSteps();
    buildArguments();
    begin(tr("There are no macros yet. Give one a name, a key and what it does; M and its key then do all of it."));
}

void MacroDialog::buildHead()
{
    auto *head = new QFormLayout;
    m_name->setObjectName(QStringLiteral("macroName"));
    m_name->setMaxLength(80);
    m_name->setAccessibleName(tr("Name of the macro"));
    m_key->setObjectName(QStringLiteral("macroKey"));
    m_key->setMaxLength(1);
    m_key->setAccessibleName(tr("Key of the macro, pressed after M"));
    m_key->setPlaceholderText(tr("one letter or digit"));
    head->addRow(tr("&Name"), m_name);
    head->addRow(tr("&Key after M"), m_key);
    form()->addLayout(head);
    connect(m_name, &QLineEdit::textEdited, this, &MacroDialog::touch);
    m_key->installEventFilter(this);
    connect(m_key, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_key->setText(text.toUpper());
        touch();
    });
}

bool MacroDialog::eventFilter(QObject *watched, QEvent *event)
{
    // As the picker reads it: where no Latin letter is typed, by its place on the keyboard.
    if (watched == m_key && event->type() == QEvent::KeyPress) {
        const auto &key = *static_cast<QKeyEvent *>(event);
        const QString name = KeyDispatcher::keyName(key);
        if (name.size() == 1 && !key.text().isEmpty() && key.text().at(0).unicode() > 0x24f) {
            m_key->setText(name);
            touch();
            return true;
        }
    }
    return KeepDialog::eventFilter(watched, event);
}

void MacroDialog::buildSteps()
{
    auto *label = new QLabel(tr("&What it does, in this order"), this);
    label->setBuddy(m_steps);
    m_steps->setObjectName(QStringLiteral("macroSteps"));
    m_steps->setAccessibleName(tr("What it does, in this order"));
    m_steps->setTextElideMode(Qt::ElideRight);
    connect(m_steps, &QListWidget::currentRowChanged, this, &MacroDialog::showArgument);
    auto *row = new QHBoxLayout;
    const auto button = [&](QToolButton *one, const char *name, const QString &text) {
        one->setObjectName(QString::fromLatin1(name));
        one->setText(text);
        one->setAccessibleName(text);
        row->addWidget(one);
    };
    button(m_add, "macroAdd", tr("Add a step…"));
    button(m_up, "macroUp", tr("Earlier"));
    button(m_down, "macroDown", tr("Later"));
    button(m_drop, "macroDrop", tr("Remove the step"));
    row->addStretch(1);
    m_add->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_add);
    for (const MacroStepKind kind : stepKinds) {
        QAction *action = menu->addAction(MacroWording::of(kind), this, [this, kind] { addStep(kind); });
        action->setObjectName(QStringLiteral("macroAdd_") + word(kind));
    }
    m_add->setMenu(menu);
    connect(m_up, &QToolButton::clicked, this, [this] { moveStep(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { moveStep(1); });
    connect(m_drop, &QToolButton::clicked, this, &MacroDialog::removeStep);
    form()->addWidget(label);
    form()->addWidget(m_steps, 1);
    form()->addLayout(row);
}

void MacroDialog::buildArguments()
{
    m_argument->setObjectName(QStringLiteral("macroArgument"));
    m_choice->setObjectName(QStringLiteral("macroChoice"));
    m_tag->setObjectName(QStringLiteral("macroTag"));
    m_tag->setEditable(true);
    m_tag->setInsertPolicy(QComboBox::NoInsert);
    m_text->setObjectName(QStringLiteral("macroText"));
    m_text->setTabChangesFocus(true);
    m_text->setMaximumHeight(fontMetrics().height() * 6);
    m_argument->addWidget(new QWidget(this));
    for (QWidget *field : {static_cast<QWidget *>(m_choice), static_cast<QWidget *>(m_tag)}) {
        auto *page = new QWidget(this);
        auto *column = new QVBoxLayout(page);
        column->setContentsMargins(0, 0, 0, 0);
        column->addWidget(field);
        column->addStretch(1);
        m_argument->addWidget(page);
    }
    m_argument->addWidget(m_text);
    form()->addWidget(m_argument);
    connect(m_choice, &QComboBox::currentIndexChanged, this,
            [this] { setArgument(m_choice->currentData().toString()); });
    connect(m_tag, &QComboBox::currentTextChanged, this, [this](const QString &text) { setArgument(text.trimmed()); });
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] { setArgument(m_text->toPlainText()); });
}

void MacroDialog::addStep(MacroStepKind kind)
{
    MacroStep step{kind, {}};
    if (kind == MacroStepKind::setPriority)
        step.argument = word(Priority::high);
    if (kind == MacroStepKind::snooze)
        step.argument = QString::number(snoozeMinutes.front());
    if (kind == MacroStepKind::assign)
        step.argument = QString::number(roster().me().value);
    const int at = std::max(0, m_steps->currentRow() + 1);
    m_list.insert(at, step);
    touch();
    showSteps(at);
    const FieldPage page = pageOf(kind);
    if (page == choicePage)
        m_choice->setFocus();
    else if (page == tagPage)
        m_tag->setFocus();
    else if (page == textPage)
        m_text->setFocus();
    else
        m_steps->setFocus();
}

void MacroDialog::moveStep(int by)
{
    const int from = m_steps->currentRow();
    const int to = from + by;
    if (from < 0 || to < 0 || to >= m_list.size())
        return;
    m_list.move(from, to);
    touch();
    showSteps(to);
}

void MacroDialog::removeStep()
{
    const int at = m_steps->currentRow();
    if (at < 0)
        return;
    m_list.removeAt(at);
    touch();
    showSteps(std::min(at, int(m_list.size()) - 1));
}

void MacroDialog::showSteps(int current)
{
    {
        const QSignalBlocker quiet(m_steps);
        m_steps->clear();
        for (qsizetype i = 0; i < m_list.size(); ++i)
            m_steps->addItem(tr("%1. %2").arg(i + 1).arg(MacroWording::of(m_list.at(i), roster())));
        m_steps->setCurrentRow(current);
    }
    showArgument();
}

void MacroDialog::fillChoices(const MacroStep &step)
{
    m_choice->clear();
    switch (step.kind) {
    case MacroStepKind::assign:
        for (const AgentRecord &agent : roster().agents()) {
            if (!agent.isDisabled && agent.role != Role::viewer)
                m_choice->addItem(agent.name, QString::number(agent.id.value));
        }
        m_choice->setAccessibleName(tr("To whom"));
        break;
    case MacroStepKind::setPriority:
        for (const Priority priority : {Priority::low, Priority::normal, Priority::high, Priority::urgent})
            m_choice->addItem(Wording::of(priority), word(priority));
        m_choice->setAccessibleName(tr("Priority"));
        break;
    case MacroStepKind::snooze:
        for (const int minutes : snoozeMinutes)
            m_choice->addItem(MacroWording::minutes(minutes), QString::number(minutes));
        m_choice->setAccessibleName(tr("For how long"));
        break;
    default:
        m_choice->addItem(tr("Answered, or no answer needed"), QString());
        for (const Reason reason : {Reason::answered, Reason::noAnswerNeeded, Reason::spam})
            m_choice->addItem(Wording::of(reason), word(reason));
        m_choice->setAccessibleName(tr("Reason"));
        break;
    }
    if (m_choice->findData(step.argument) < 0)
        m_choice->addItem(step.argument, step.argument);
    m_choice->setCurrentIndex(m_choice->findData(step.argument));
}

void MacroDialog::showArgument()
{
    const int at = m_steps->currentRow();
    const bool hasStep = at >= 0 && at < m_list.size();
    m_up->setEnabled(m_isEnabled && at > 0);
    m_down->setEnabled(m_isEnabled && hasStep && at + 1 < m_list.size());
    m_drop->setEnabled(m_isEnabled && hasStep);
    m_isShowing = true;
    const FieldPage page = hasStep ? pageOf(m_list.at(at).kind) : noPage;
    m_argument->setCurrentIndex(page);
    m_argument->setVisible(page != noPage);
    if (page == choicePage) {
        fillChoices(m_list.at(at));
    } else if (page == tagPage) {
        m_tag->clear();
        for (const TagRecord &tag : roster().tags())
            m_tag->addItem(tag.name);
        m_tag->setEditText(m_list.at(at).argument);
        m_tag->setAccessibleName(tr("Tag"));
    } else if (page == textPage) {
        m_text->setPlainText(m_list.at(at).argument);
        const bool isNote = m_list.at(at).kind == MacroStepKind::addNote;
        m_text->setAccessibleName(isNote ? tr("Text of the note") : tr("Text of the reply"));
        m_text->setPlaceholderText(isNote ? tr("Only your team sees this. @ mentions a colleague.")
                                          : tr("Put into the composer; you send it. {name} is filled in."));
    }
    m_isShowing = false;
}

void MacroDialog::setArgument(const QString &argument)
{
    const int at = m_steps->currentRow();
    if (m_isShowing || at < 0 || at >= m_list.size() || m_list.at(at).argument == argument)
        return;
    m_list[at].argument = argument;
    m_steps->item(at)->setText(tr("%1. %2").arg(at + 1).arg(MacroWording::of(m_list.at(at), roster())));
    touch();
}

QList<KeepDialog::Entry> MacroDialog::entries() const
{
    QList<Entry> all;
    for (const MacroRecord &macro : roster().macros())
        all.append({macro.id.value, macro.key.isEmpty() ? macro.name : tr("%1 (M %2)").arg(macro.name, macro.key)});
    return all;
}

void MacroDialog::showEntry(qint64 id)
{
    const QList<MacroRecord> &all = roster().macros();
    const auto found =
        std::find_if(all.cbegin(), all.cend(), [id](const MacroRecord &macro) { return macro.id.value == id; });
    const MacroRecord macro = found == all.cend() ? MacroRecord() : *found;
    m_name->setText(macro.name);
    m_key->setText(macro.key);
    m_list = macro.steps;
    showSteps(m_list.isEmpty() ? -1 : 0);
}

void MacroDialog::setFormEnabled(bool isEnabled)
{
    m_isEnabled = isEnabled;
    for (QWidget *deed : std::initializer_list<QWidget *>{m_add, m_up, m_down, m_drop})
        deed->setVisible(!roster().isReadOnly());
    m_name->setReadOnly(!isEnabled);
    m_key->setReadOnly(!isEnabled);
    m_add->setEnabled(isEnabled);
    m_choice->setEnabled(isEnabled);
    m_tag->setEnabled(isEnabled);
    m_text->setReadOnly(!isEnabled);
    const int at = m_steps->currentRow();
    m_up->setEnabled(isEnabled && at > 0);
    m_down->setEnabled(isEnabled && at >= 0 && at + 1 < m_list.size());
    m_drop->setEnabled(isEnabled && at >= 0);
}

void MacroDialog::focusForm()
{
    m_name->setFocus();
}

ActionArguments MacroDialog::keeping(qint64 id) const
{
    return Act::KeepMacro{MacroId(id), m_name->text(), m_key->text(), m_list, shownVersion()};
}

QString MacroDialog::version(qint64 id) const
{
    for (const MacroRecord &macro : roster().macros()) {
        if (macro.id.value == id)
            return versionOf(Act::KeepMacro{macro.id, macro.name, macro.key, macro.steps});
    }
    return {};
}

QString MacroDialog::formName() const
{
    return m_name->text();
}

QString MacroDialog::formVersion() const
{
    return versionOf(Act::KeepMacro{{}, m_name->text(), m_key->text(), m_list});
}

ActionArguments MacroDialog::removal(qint64 id) const
{
    return Act::RemoveMacro{MacroId(id), shownVersion()};
}

} // namespace Earshot
