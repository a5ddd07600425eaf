// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

namespace Earshot {

/// The project's files by their path from its top ("app/model/action.h"), read once.
using SourceTree = QHash<QString, QString>;

/// Everything under app, ui, resources, tests and packaging that people wrote.
[[nodiscard]] SourceTree readTree(const QString &top);

/// C++ only.
[[nodiscard]] bool isCode(const QString &path);

/// The names in #include "..." lines, without those that moc makes.
[[nodiscard]] QStringList quotedIncludes(const QString &text);
/// The names in #include <...> lines.
[[nodiscard]] QStringList systemIncludes(const QString &text);

/// Which of the project's files an include means; empty when none.
[[nodiscard]] QString resolved(const QString &include, const SourceTree &tree);

/// "model" of "app/model/action.h", "ui" of "ui/shell/window.h", "tests" and so on.
[[nodiscard]] QString roomOf(const QString &path);

/// Edges by name. A circle as the names on it, or nothing.
using Graph = QHash<QString, QStringList>;
[[nodiscard]] QStringList findCircle(const Graph &graph);

/// Lines in which SQL stands in a string.
[[nodiscard]] QStringList linesWithSql(const QString &text);

/// What is put into a sentence before something else is, without being a number: a text's own "%2" takes the place of
/// what follows. `.arg(name, other)` puts both in at once.
[[nodiscard]] QStringList textsPutInFirst(const QString &text);

/// The classes that a header defines, but for those inside others: with their namespaces, as the linker knows them.
[[nodiscard]] QStringList classesIn(const QString &header);

/// Whether the file begins with its two SPDX lines, perhaps after a line that names its interpreter.
[[nodiscard]] bool hasLicence(const QString &text);

} // namespace Earshot
