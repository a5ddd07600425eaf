// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMessageBox>
#include <QString>
#include <QUrl>

namespace Earshot {

/// What a person is told when this device and a server part.
namespace Farewells {

/// The server was not reached, and still knows this device.
[[nodiscard]] QString deviceLeft();
[[nodiscard]] QString toldToErase(const QUrl &server);
[[nodiscard]] QString withdrawn(const QUrl &server);
[[nodiscard]] QString erased();
/// @param left paths
[[nodiscard]] QString notAllErased(const QString &left);

/// The last that is seen; deletes itself when it is closed.
[[nodiscard]] QMessageBox *makeBox(QMessageBox::Icon icon, const QString &text);

} // namespace Farewells

} // namespace Earshot
