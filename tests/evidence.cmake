# SPDX-License-Identifier: BSL-1.0
# Tests that say the same whoever has compiled them, and take a while to compile: built with g++ alone.
# --- Every combination of up to three rules: a sample of each, and all small pools ---
add_executable(oracle_combinations oracle/combinations.cpp)
target_link_libraries(oracle_combinations PRIVATE shearpin::shearpin shearpin_warnings)
target_compile_options(oracle_combinations PRIVATE -O2)
# The least that may be tried: combinations, decisions, admitted ones, and of these by an override. Each form or scene
# that is added makes it more.
add_test(NAME oracle.combinations.sample
    COMMAND oracle_combinations --no-fewer 5742 9300000 2200000 390000 32)
add_test(NAME oracle.combinations.small_pools
    COMMAND oracle_combinations --no-fewer 5742 780000000 130000000 15000000 --all 2)
set_tests_properties(oracle.combinations.sample oracle.combinations.small_pools PROPERTIES LABELS exhaustive)

# --- The arithmetic of fractions, and of each rule that computes, for all whole numbers ---
add_test(NAME proof COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/proof/run)
set_tests_properties(proof PROPERTIES LABELS exhaustive SKIP_RETURN_CODE 77 COST 20)

# --- What other tools and real incidents tell, replayed ---
add_subdirectory(replay)

# --- Guards of several processes, in every order of their steps ---
add_executable(interleavings interleavings/removers.cpp)
target_link_libraries(interleavings PRIVATE shearpin::shearpin shearpin_warnings)
target_compile_options(interleavings PRIVATE -O1)
add_test(NAME interleavings COMMAND interleavings)
set_tests_properties(interleavings PROPERTIES LABELS exhaustive)

# --- Power cuts of a virtual machine (tests/faults/power/run), tried without a machine ---
add_executable(power_worker faults/power/worker.cpp)
target_link_libraries(power_worker PRIVATE shearpin::shearpin shearpin_warnings)
add_executable(power_disk faults/power/self_test/disk.cpp)
target_link_libraries(power_disk PRIVATE doctest::doctest shearpin_warnings)
target_compile_features(power_disk PRIVATE cxx_std_20)
add_test(NAME faults.power.self_test COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/faults/power/self_test/run
    $<TARGET_FILE:power_worker> $<TARGET_FILE:power_disk>)
set_tests_properties(faults.power.self_test PROPERTIES LABELS faults SKIP_RETURN_CODE 77)

# --- Tools that judge the tests, tried where it is known what they must find: each begins with this itself ---
# The tool that changes the headers, tests/mutation/run, on a small one.
add_test(NAME mutation.self_test COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/mutation/self_test/run)
# The report of what the tests pass, tests/coverage/run, on a small header.
add_test(NAME coverage.self_test COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/coverage/self_test/run)
# The fuzzers, tests/fuzz/run, on headers in which an error is planted.
add_test(NAME fuzz.planted COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/planted ${CMAKE_CXX_COMPILER})
set_tests_properties(mutation.self_test coverage.self_test fuzz.planted PROPERTIES LABELS tool SKIP_RETURN_CODE 77)

# --- The protocol of the ledger, in every order of its steps ---
add_test(NAME model COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/model/run)
set_tests_properties(model PROPERTIES LABELS exhaustive SKIP_RETURN_CODE 77)

# --- Decisions, documents of ledgers and inventories; tests/fuzz/run looks for more of them, and keeps what it finds.
foreach(what IN ITEMS decisions ledger_bytes)
    add_executable(fuzz_${what} fuzz/${what}.cpp)
    target_link_libraries(fuzz_${what} PRIVATE shearpin::shearpin shearpin_warnings Threads::Threads)
endforeach()
add_test(NAME fuzz.decisions COMMAND fuzz_decisions 50000)
add_test(NAME fuzz.ledger_bytes COMMAND fuzz_ledger_bytes 20000)
set(fuzzed policy_text decisions ledger_bytes)
set_tests_properties(fuzz.decisions fuzz.ledger_bytes PROPERTIES LABELS fuzz)
find_path(CSV_INCLUDE_DIR csv.h)
find_library(CSV_LIBRARY csv)
if(CSV_INCLUDE_DIR AND CSV_LIBRARY)
    set(fleet ${PROJECT_SOURCE_DIR}/examples/fleet)
    add_executable(fuzz_inventory fuzz/inventory.cpp ${fleet}/inventory.cpp ${fleet}/csv_table.cpp)
    target_include_directories(fuzz_inventory SYSTEM PRIVATE ${CSV_INCLUDE_DIR})
    target_link_libraries(fuzz_inventory PRIVATE shearpin::shearpin shearpin_warnings ${CSV_LIBRARY})
    add_test(NAME fuzz.inventory COMMAND fuzz_inventory 20000)
    set_tests_properties(fuzz.inventory PROPERTIES LABELS fuzz)
    list(APPEND fuzzed inventory)
endif()
foreach(what IN LISTS fuzzed)
    file(GLOB corpus CONFIGURE_DEPENDS fuzz/corpus/${what}/*)
    if(corpus)
        add_test(NAME fuzz.corpus.${what} COMMAND fuzz_${what} --corpus ${corpus})
        set_tests_properties(fuzz.corpus.${what} PROPERTIES LABELS fuzz)
    endif()
endforeach()
