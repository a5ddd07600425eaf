// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/cli/commandscript.h"

#include <map>
#include <memory>

namespace Earshot {

/// Servers in the test's process on 127.0.0.1, one a workspace file, with a courier that does only what it is told to.
class FileServers final : public ServedFiles
{
public:
    /// Makes a workspace of one admin in that file. @param program in whose home tokens are kept
    FileServers(const ControlProgram &program, QString file, const QString &admin);
    ~FileServers() override;

    [[nodiscard]] QStringList optionsFor(const QString &file, const QString &agent) override;
    [[nodiscard]] QString file() const override { return m_file; }
    /// The address of the script's own server.
    [[nodiscard]] QString address();

private:
    struct Served;
    [[nodiscard]] Served &served(const QString &file);
    [[nodiscard]] QString tokenFile(Served &served, const QString &agent);

    const ControlProgram &m_program;
    QString m_file;
    std::map<QString, std::unique_ptr<Served>> m_served;
};

} // namespace Earshot
