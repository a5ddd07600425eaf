// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/agentsdialog.h"

#include "model/keptversion.h"
#include "ui/shell/numberbox.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/roster.h"
#include "ui/shell/wording.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace Earshot {

namespace {

/// The form's: also with what is not compared when it is saved.
QString versionOf(const QString &name, Role role, int openLimit)
{
    return Earshot::versionOf(name, role) + QLatin1Char(' ') + QString::number(openLimit);
}

/// What of it is compared.
QString peopleVersion(const QString &version)
{
    return version.section(QLatin1Char(' '), 0, 0);
}

} // namespace

AgentsDialog::AgentsDialog(Desk &desk, const Roster &roster, QWidget *parent)
    : KeepDialog(desk, roster, QStringLiteral("agents"), parent)
    , m_name(new QLineEdit(this))
    , m_role(new QComboBox(this))
    , m_limitLabel(new QLabel(tr("&Open conversations at most"), this))
    , m_limit(new NumberBox(this))
    , m_state(new PlainLabel(this))
    , m_howToStart(desk.status().kind == DeskStatus::Kind::here
                       ? tr("Starts with: earshot --agent NAME")
                       : tr("Logs in with a password, which is given on the server: earshotctl agent password NAME"))
{
    setWindowTitle(tr("Agents"));
    auto *nameLabel = new QLabel(tr("&Name"), this);
    nameLabel->setBuddy(m_name);
    m_name->setObjectName(QStringLiteral("agentName"));
    m_name->setAccessibleName(tr("Name of the agent"));
    m_name->setMaxLength(80);
    auto *roleLabel = new QLabel(tr("&Role"), this);
    roleLabel->setBuddy(m_role);
    m_role->setObjectName(QStringLiteral("agentRole"));
    m_role->setAccessibleName(tr("Role of the agent"));
    for (const auto &[role, can] : {std::pair(Role::viewer, tr("reads everything, changes nothing")),
                                    std::pair(Role::agent, tr("answers, assigns, tags and writes notes")),
                                    std::pair(Role::lead, tr("also stops sending and keeps saved replies and views")),
                                    std::pair(Role::admin, tr("also connects channels and says who works here"))})
        m_role->addItem(Wording::of(role) + QStringLiteral(": ") + can, int(role));
    m_limitLabel->setBuddy(m_limit);
    m_limit->setObjectName(QStringLiteral("agentLimit"));
    m_limit->setAccessibleName(tr("Open conversations of the agent at most"));
    m_limit->setRange(0, 9999);
    m_limit->setSpecialValueText(tr("no limit"));
    m_state->setObjectName(QStringLiteral("agentState"));
    m_state->setWrapping(true);
    m_state->setQuiet(true);
    form()->addWidget(nameLabel);
    form()->addWidget(m_name);
    form()->addWidget(roleLabel);
    form()->addWidget(m_role);
    form()->addWidget(m_limitLabel);
    form()->addWidget(m_limit);
    form()->addWidget(m_state);
    form()->addStretch(1);
    connect(m_name, &QLineEdit::textEdited, this, &AgentsDialog::touch);
    connect(m_role, &QComboBox::activated, this, &AgentsDialog::touch);
    connect(m_limit, &NumberBox::valueChanged, this, &AgentsDialog::touch);
    // Duty and work are nothing that the form is filled with: they may change while one writes in it.
    connect(&roster, &Roster::rosterChanged, this, &AgentsDialog::showState);
    connect(&roster, &Roster::countsChanged, this, &AgentsDialog::showState);
    begin({});
}

QList<KeepDialog::Entry> AgentsDialog::entries() const
{
    QList<Entry> all;
    for (const AgentRecord &agent : roster().agents()) {
        const QString note = agent.isDisabled ? tr("disabled") : Wording::of(agent.role);
        all.append({agent.id.value, tr("%1 (%2)", "agent and role").arg(Wording::isolated(agent.name), note)});
    }
    return all;
}

QString AgentsDialog::stateOf(const AgentRecord &agent) const
{
    if (agent.isDisabled)
        return tr("Disabled: can neither start Earshot nor be given work. What was done stays.");
    QString state = agent.isOnDuty ? tr("On duty.") : tr("Off duty.");
    // Who has how much is known to leads.
    if (roster().isLead()) {
        state = Wording::of(agent, roster().loadOf(agent.id)) + QLatin1Char('.');
        state[0] = state.at(0).toUpper();
    }
    return agent.id == roster().me() ? state + QLatin1Char(' ') + tr("This is you.") : state;
}

void AgentsDialog::showState()
{
    const AgentRecord *agent = roster().agent(m_shown);
    m_state->setText(agent ? stateOf(*agent) : m_howToStart);
}

void AgentsDialog::showEntry(qint64 id)
{
    const AgentRecord *agent = roster().agent(AgentId(id));
    m_shownName = agent ? agent->name : QString();
    m_shownRole = agent ? agent->role : Role::agent;
    m_shown = AgentId(id);
    m_name->setText(m_shownName);
    m_role->setCurrentIndex(m_role->findData(int(m_shownRole)));
    m_shownLimit = agent ? agent->openLimit : 0;
    {
        const QSignalBlocker quiet(m_limit); // nobody changed it
        m_limit->setValue(m_shownLimit);
    }
    // Who is new has none yet.
    m_limitLabel->setVisible(agent);
    m_limit->setVisible(agent);
    showState();
}

void AgentsDialog::setFormEnabled(bool isEnabled)
{
    m_name->setReadOnly(!isEnabled);
    m_role->setEnabled(isEnabled);
    m_limit->setEnabled(isEnabled);
}

void AgentsDialog::focusForm()
{
    m_name->setFocus();
}

ActionArguments AgentsDialog::keeping(qint64 id) const
{
    const auto role = Role(m_role->currentData().toInt());
    if (id == 0)
        return Act::AddAgent{m_name->text(), role};
    // Against what was shown: what a colleague changed meanwhile is not put back.
    Act::EditAgent edit{AgentId(id), {}, {}, {}, peopleVersion(shownVersion())};
    const bool isAsFilled = versionOf(m_shownName, m_shownRole, m_shownLimit) == shownVersion();
    if (!isAsFilled || m_shownName != m_name->text())
        edit.name = m_name->text();
    if (!isAsFilled || m_shownRole != role)
        edit.role = role;
    if (!isAsFilled || m_shownLimit != m_limit->value())
        edit.openLimit = m_limit->value();
    return edit;
}

QString AgentsDialog::version(qint64 id) const
{
    const AgentRecord *agent = roster().agent(AgentId(id));
    return agent ? versionOf(agent->name, agent->role, agent->openLimit) : QString();
}

QString AgentsDialog::formName() const
{
    return m_name->text();
}

QString AgentsDialog::formVersion() const
{
    return versionOf(m_name->text(), Role(m_role->currentData().toInt()), m_limit->value());
}

ActionArguments AgentsDialog::removal(qint64 id) const
{
    const AgentRecord *agent = roster().agent(AgentId(id));
    return Act::EditAgent{AgentId(id), {}, {}, !(agent && agent->isDisabled)};
}

bool AgentsDialog::canChange() const
{
    const AgentRecord *me = roster().agent(roster().me());
    return me && me->role == Role::admin && roster().canAct();
}

KeepDialog::Words AgentsDialog::words(qint64 id) const
{
    const AgentRecord *agent = roster().agent(AgentId(id));
    const bool isDisabled = agent && agent->isDisabled;
    return {isDisabled ? tr("Enable") : tr("Disable"), isDisabled ? tr("Enabled.") : tr("Disabled."),
            tr("Only admins can change these.")};
}

} // namespace Earshot
