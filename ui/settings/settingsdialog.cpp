// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/settingsdialog.h"

#include "ui/inbox/afterdeed.h"
#include "ui/inbox/claimchoice.h"
#include "ui/inbox/conversationactions.h"
#include "ui/shell/appearance.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/errortext.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/roster.h"
#include "ui/shell/whendone.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace Earshot {

SettingsDialog::SettingsDialog(Desk &desk, const Roster &roster, CommandRegistry &commands,
                               ConversationActions &actions, Appearance &appearance, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_roster(roster)
    , m_commands(commands)
    , m_actions(actions)
    , m_appearance(appearance)
    , m_undo(number(Setting::undoSeconds, "settingsUndo", tr("Seconds in which sending can be undone")))
    , m_reopen(number(Setting::reopenDays, "settingsReopen", tr("Days after which a new conversation begins")))
    , m_state(new PlainLabel(this))
{
    setObjectName(QStringLiteral("settingsDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Settings"));
    auto *mine = new QGroupBox(tr("For me"), this);
    addOwn(new QFormLayout(mine));
    auto *everybody = new QGroupBox(tr("For everybody in this workspace"), this);
    addWorkspace(new QFormLayout(everybody));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(mine);
    column->addWidget(everybody);
    column->addStretch(1);
    column->addWidget(buttons);
    connect(&m_roster, &Roster::rosterChanged, this, &SettingsDialog::showWorkspace);
    m_shown = m_roster.settings();
    m_undo->setValue(m_shown.undoSeconds);
    m_reopen->setValue(m_shown.reopenDays);
    showWorkspace();
}

void SettingsDialog::addOwn(QFormLayout *form)
{
    auto *after = new QComboBox(this);
    after->setObjectName(QStringLiteral("settingsAfterDeed"));
    after->addItem(tr("the next conversation"), int(AfterDeed::Step::next));
    after->addItem(tr("the same conversation still"), int(AfterDeed::Step::stay));
    after->addItem(tr("the list alone"), int(AfterDeed::Step::list));
    after->setCurrentIndex(after->findData(int(AfterDeed::chosen())));
    connect(after, &QComboBox::activated, this,
            [after] { AfterDeed::choose(AfterDeed::Step(after->currentData().toInt())); });
    form->addRow(tr("&After sending, resolving or assigning comes"), after);
    auto *claims = new QCheckBox(tr("Be&ginning to answer assigns an unassigned conversation to me"), this);
    claims->setObjectName(QStringLiteral("settingsClaims"));
    claims->setChecked(ClaimChoice::byWriting());
    connect(claims, &QCheckBox::toggled, this, &ClaimChoice::chooseByWriting);
    // Over the whole width: beside the labels the dialog would be wider than a small screen.
    form->addRow(claims);
    auto *look = new QComboBox(this);
    look->setObjectName(QStringLiteral("settingsAppearance"));
    look->addItem(tr("as the system"), int(Appearance::Scheme::system));
    look->addItem(tr("light"), int(Appearance::Scheme::light));
    look->addItem(tr("dark"), int(Appearance::Scheme::dark));
    look->addItem(tr("high contrast"), int(Appearance::Scheme::highContrast));
    look->setCurrentIndex(look->findData(int(m_appearance.chosen())));
    connect(look, &QComboBox::activated, this,
            [this, look] { m_appearance.choose(Appearance::Scheme(look->currentData().toInt())); });
    form->addRow(tr("A&ppearance"), look);
    addSwitch(form, tr("&Notifications of the desktop"), "settingsNotifications", "notifications.on",
              "notifications.off");
    addSwitch(form, tr("&Keep running in the tray when closed"), "settingsTray", "tray.keep", "tray.leave");
    addSwitch(form, tr("&Single letters work on list and conversation"), "settingsKeys", "keys.on", "keys.off");
    auto *keys = new QPushButton(tr("S&hortcuts…"), this);
    keys->setObjectName(QStringLiteral("settingsShortcuts"));
    keys->setAutoDefault(false);
    connect(keys, &QPushButton::clicked, this, [this] {
        m_commands.trigger(QStringLiteral("keys.change"));
        close();
    });
    form->addRow(QString(), keys);
    // As they stand: the numbers below were made first.
    setTabOrder(keys, m_undo);
    setTabOrder(m_undo, m_reopen);
    after->setFocus();
}

void SettingsDialog::addSwitch(QFormLayout *form, const QString &text, const char *name, const char *on,
                               const char *off)
{
    const Command *isOn = m_commands.find(QString::fromLatin1(off));
    if (!isOn || !isOn->isEnabled)
        return;
    auto *box = new QCheckBox(text, this);
    box->setObjectName(QString::fromLatin1(name));
    box->setChecked(isOn->isEnabled());
    connect(box, &QCheckBox::toggled, this,
            [this, on, off](bool isChecked) { m_commands.trigger(QString::fromLatin1(isChecked ? on : off)); });
    form->addRow(box);
}

QSpinBox *SettingsDialog::number(Setting setting, const char *name, const QString &label)
{
    auto *box = new QSpinBox(this);
    const SettingLimits limits = limitsOf(setting);
    box->setObjectName(QString::fromLatin1(name));
    box->setAccessibleName(label);
    box->setRange(limits.least, limits.most);
    connect(box, &QSpinBox::editingFinished, this, [this, setting, box] { change(setting, box->value()); });
    return box;
}

void SettingsDialog::addWorkspace(QFormLayout *form)
{
    m_undo->setSuffix(tr(" s", "seconds"));
    form->addRow(tr("Sending can be &undone for"), m_undo);
    m_reopen->setSuffix(tr(" days"));
    form->addRow(tr("A &new conversation begins when resolved for longer than"), m_reopen);
    m_state->setObjectName(QStringLiteral("settingsState"));
    m_state->setQuiet(true);
    m_state->setWrapping(true);
    form->addRow(m_state);
}

void SettingsDialog::showWorkspace()
{
    const WorkspaceSettings &settings = m_roster.settings();
    for (const auto &[box, setting] :
         {std::pair(m_undo, Setting::undoSeconds), std::pair(m_reopen, Setting::reopenDays)}) {
        box->setReadOnly(!m_roster.isAdmin());
        box->setButtonSymbols(m_roster.isAdmin() ? QSpinBox::UpDownArrows : QSpinBox::NoButtons);
        // What a person is typing stays; what is as it was shown follows.
        const int value = valueOf(settings, setting);
        if (box->value() == valueOf(m_shown, setting) || box->isReadOnly()) {
            setValue(m_shown, setting, value);
            box->setValue(value);
        }
    }
    const QString whyNot = m_roster.isReadOnly() ? m_roster.whyReadOnly() : tr("Only admins can change these.");
    m_state->setText(m_roster.isAdmin() ? QString() : whyNot);
    m_state->setVisible(!m_roster.isAdmin());
}

void SettingsDialog::change(Setting setting, int value)
{
    if (!m_roster.isAdmin() || valueOf(m_shown, setting) == value)
        return;
    setValue(m_shown, setting, value);
    const Action action = makeAction(Act::ChangeSetting{setting, value}, m_desk.workspace().clock().now());
    const QString deed = setting == Setting::undoSeconds ? tr("Changed how long sending can be undone")
                                                         : tr("Changed when a new conversation begins");
    // Also what was changed by closing this can be undone.
    whenDone(m_desk.perform({action}), &m_actions,
             [dialog = QPointer(this), &actions = m_actions, setting, deed](const QList<Outcome> &outcomes) {
                 if (!dialog || !dialog->isVisible()) {
                     actions.tellOutcomes(deed, outcomes);
                     return;
                 }
                 actions.rememberOutcomes(deed, outcomes);
                 const Outcome outcome = outcomes.value(0);
                 dialog->onAnswered(setting, outcome.isApplied() ? QString() : ErrorText::of(outcome.refusal));
             });
}

void SettingsDialog::onAnswered(Setting setting, const QString &whyNot)
{
    if (whyNot.isEmpty()) {
        m_state->hide();
        return;
    }
    m_state->setTrouble(whyNot);
    (setting == Setting::undoSeconds ? m_undo : m_reopen)->setValue(valueOf(m_roster.settings(), setting));
}

void SettingsDialog::done(int result)
{
    // A number that was typed and not left yet.
    change(Setting::undoSeconds, m_undo->value());
    change(Setting::reopenDays, m_reopen->value());
    QDialog::done(result);
}

} // namespace Earshot
