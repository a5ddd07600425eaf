// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/start/farewells.h"

#include "ui/window/mainwindow.h"

#include <QDir>
#include <QSysInfo>

namespace Earshot {

namespace Farewells {

QString deviceLeft()
{
    return MainWindow::tr("The server was not reached: it still knows this device (%1) "
                          "until an admin revokes its token.")
        .arg(QSysInfo::machineHostName());
}

QString toldToErase(const QUrl &server)
{
    return MainWindow::tr("You or an admin told this device to erase what it kept of %1; the workspace, your drafts "
                          "in it and all pictures are deleted.")
        .arg(server.authority());
}

QString withdrawn(const QUrl &server)
{
    return MainWindow::tr("An admin has withdrawn your access to %1; what was kept of it here is deleted.")
        .arg(server.authority());
}

QString erased()
{
    return MainWindow::tr("What was kept here is deleted: the replica, your drafts in it and "
                          "all pictures.");
}

QString notAllErased(const QString &left)
{
    return MainWindow::tr("Not everything that was kept here could be deleted. Left: %1")
        .arg(QDir::toNativeSeparators(left));
}

QMessageBox *makeBox(QMessageBox::Icon icon, const QString &text)
{
    auto *box = new QMessageBox(icon, MainWindow::tr("Earshot"), {}, QMessageBox::Close);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setText(text);
    return box;
}

} // namespace Farewells

} // namespace Earshot
