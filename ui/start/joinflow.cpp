// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/start/joinflow.h"

#include "ui/shell/errortext.h"
#include "ui/start/farewells.h"
#include "ui/start/keyring.h"
#include "ui/window/joindialog.h"
#include "ui/window/statuscontrol.h"

namespace Earshot {

JoinFlow::JoinFlow(Keyring &keyring, const Clock &clock, FileFor fileFor)
    : m_keyring(keyring)
    , m_clock(clock)
    , m_fileFor(std::move(fileFor))
{
}

JoinFlow::~JoinFlow() = default;

void JoinFlow::ask(const QString &server, bool isAgain)
{
    m_dialog = std::make_unique<JoinDialog>(server, isAgain);
    connect(m_dialog.get(), &JoinDialog::joinAsked, this, &JoinFlow::join);
    connect(m_dialog.get(), &QDialog::rejected, this, &JoinFlow::givenUp);
    m_dialog->show();
}

void JoinFlow::hide()
{
    if (m_dialog)
        m_dialog->hide();
}

void JoinFlow::showTrouble(const QString &sentence)
{
    m_dialog->showTrouble(sentence);
}

void JoinFlow::showProgress(double share, const QString &trouble)
{
    m_dialog->showProgress(share, trouble);
}

bool JoinFlow::takeBack(bool isOut)
{
    if (!m_joining)
        return false;
    m_takenBack.push_back(std::move(m_joining));
    connect(m_takenBack.back().get(), &Joining::givenUp, this,
            [this, isOut](bool isLeft) { Q_EMIT leftServer(isLeft, isOut); });
    m_takenBack.back()->giveUp();
    return true;
}

void JoinFlow::join(const QString &address, const QString &name, const Secret &password)
{
    m_joining = std::make_unique<Joining>(
        m_fileFor(address),
        [this](const QString &kept, const Secret &token) { return m_keyring.secrets().write(kept, token); }, m_clock);
    connect(m_joining.get(), &Joining::failed, m_dialog.get(), [this](const Error &error, bool isLeft) {
        const QString why = ErrorText::ofAttempt(error);
        showTrouble(isLeft ? why + QLatin1Char('\n') + Farewells::deviceLeft() : why);
    });
    connect(m_joining.get(), &Joining::waiting, m_dialog.get(),
            [this](const Error &why) { m_dialog->showWaiting(StatusControl::whyNotJoined(why)); });
    connect(m_joining.get(), &Joining::keeping, m_dialog.get(), [this] { m_dialog->showKeeping(true); });
    connect(m_joining.get(), &Joining::joined, m_dialog.get(), [this] { m_dialog->showKeeping(false); });
    connect(m_joining.get(), &Joining::joined, this, &JoinFlow::joined);
    m_joining->logIn(address, name, password);
}

} // namespace Earshot
