// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/pictures/sharedroom.h"
#include "ui/shell/errortext.h"
#include "ui/window/devicesdialog.h"
#include "ui/window/parteddialog.h"

#include <QAbstractButton>
#include <QFileDialog>
#include <QMessageBox>

namespace Earshot {

// Devices, and how one leaves a shared workspace.

namespace {

QList<TokenRecord> devicesOf(AgentId agent, Time now, const QString &name)
{
    TokenRecord here;
    here.agent = agent;
    here.id = QStringLiteral("one");
    here.name = name;
    here.createdAt = now - std::chrono::hours(700);
    here.lastUsedAt = now;
    TokenRecord lost = here;
    lost.id = QStringLiteral("two");
    lost.name = QStringLiteral("laptop in the train");
    lost.lastUsedAt = now - std::chrono::hours(50);
    lost.eraseAskedAt = now - std::chrono::hours(2);
    TokenRecord erased = lost;
    erased.id = QStringLiteral("three");
    erased.name = QStringLiteral("reception");
    erased.erasedAt = now - std::chrono::hours(1);
    return {here, lost, erased};
}

} // namespace

void SharedRoom::devices()
{
    QList<AgentRecord> agents = m_kim->window().roster().agents();
    auto *dialog = new DevicesDialog(agents, &m_kim->window());
    dialog->open();
    until("the dialog", [this] { return isShown("devicesDialog"); });
    m_camera.photograph(QStringLiteral("devices-asking"));
    dialog->showDevices(devicesOf(dialog->agent(), m_world.clock().now(), m_camera.named("office-pc-14")));
    m_camera.photograph(QStringLiteral("devices"));
    click("devicesErase");
    until("the question", [this] { return isShown("devicesQuestion"); });
    m_camera.photograph(QStringLiteral("devices-erase-question"));
    widget("devicesQuestion")->close();
    dialog->showTrouble(ErrorText::ofAttempt(Error{ErrorKind::transient, {}, {}}));
    m_camera.photograph(QStringLiteral("devices-offline"));
    dialog->showDevices({});
    m_camera.photograph(QStringLiteral("devices-none"));
    close("devicesDialog");
}

void SharedRoom::leaving()
{
    open("workspace.logOut", "logOutDialog");
    m_camera.photograph(QStringLiteral("log-out"));
    close("logOutDialog");
    m_world.runSql(QStringLiteral("UPDATE token SET revoked_at = 1"));
    leave();
    m_world.start({}, m_port);
    until("that nobody is logged in", [this] { return m_kim->desk().status().kind == DeskStatus::Kind::refused; });
    m_camera.photograph(QStringLiteral("logged-out"));
}

void SharedRoom::parted()
{
    PartedDialog dialog(m_camera.named("desk.example"),
                        {QStringLiteral("We are sorry! Please hold the power button for ten seconds."),
                         QStringLiteral("Note: she has the old power supply.")});
    dialog.show();
    m_camera.photograph(QStringLiteral("parted"));
    dialog.findChild<QAbstractButton *>(QStringLiteral("partedSave"))->click();
    auto *files = dialog.findChild<QFileDialog *>();
    if (!until("the question for a file", [files] { return files && files->isVisible(); }))
        return;
    Q_EMIT files->fileSelected(QStringLiteral("/no/such/place/words.txt"));
    files->close();
    const auto *trouble = dialog.findChild<QWidget *>(QStringLiteral("partedTrouble"));
    until("why not", [trouble] { return trouble->isVisible(); });
    m_camera.photograph(QStringLiteral("parted-not-saved"));
}

} // namespace Earshot
